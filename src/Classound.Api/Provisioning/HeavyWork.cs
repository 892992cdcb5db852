using Grpc.Core;

namespace Classound.Api.Provisioning;

/// <summary>
/// Reading and writing whole price lists takes seconds of processor time and hundreds of bytes per prefix. Two at once in a
/// process leave calls their share; more are told to come back, which costs less than a queue that holds their files.
/// </summary>
public sealed class HeavyWork : IDisposable
{
    private const int AtOnce = 2;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _free = new(AtOnce);

    /// <summary>A place, to be disposed of when the work is done.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED with RetryInfo: all are taken.</exception>
    public Place Take() => _free.Wait(0)
        ? new Place(_free)
        : throw Refusals.Exhausted("PRICE_LISTS_BUSY", "This process already reads or writes two price lists; repeat the request.", RetryDelay);

    public void Dispose() => _free.Dispose();

    /// <summary>One of the places.</summary>
    public sealed class Place(SemaphoreSlim free) : IDisposable
    {
        private SemaphoreSlim? _free = free;

        public void Dispose() => Interlocked.Exchange(ref _free, null)?.Release();
    }
}
