using Grpc.Core;

namespace Classound.Api;

/// <summary>
/// Work that takes seconds of processor time, such as reading a whole price list or counting a year of calls. Two at once in a
/// process leave calls their share; more are told to come back, which costs less than a queue that holds what they brought.
/// </summary>
/// <param name="reason">Reason of the refusal, UPPER_SNAKE.</param>
/// <param name="message">The refusal for people, a sentence.</param>
public sealed class HeavyWork(string reason, string message) : IDisposable
{
    private const int AtOnce = 2;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _free = new(AtOnce);

    /// <summary>A place, to be disposed of when the work is done.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED with RetryInfo: all are taken.</exception>
    public Place Take() => _free.Wait(0)
        ? new Place(_free)
        : throw Refusals.Exhausted(reason, message, RetryDelay);

    public void Dispose() => _free.Dispose();

    /// <summary>One of the places.</summary>
    public sealed class Place(SemaphoreSlim free) : IDisposable
    {
        private SemaphoreSlim? _free = free;

        public void Dispose() => Interlocked.Exchange(ref _free, null)?.Release();
    }
}
