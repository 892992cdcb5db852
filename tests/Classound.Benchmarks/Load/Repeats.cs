using Grpc.Core;

namespace Classound.Benchmarks.Load;

/// <summary>Asks again, as an edge does, what got no answer in time (UNAVAILABLE, DEADLINE_EXCEEDED), and counts it: on a machine that is too busy some are.</summary>
internal sealed class Repeats
{
    private const int Attempts = 20;

    private long _count;

    public async Task<T> Ask<T>(Func<Task<T>> request)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await request();
            }
            catch (RpcException e) when (attempt < Attempts && IsUnanswered(e.StatusCode))
            {
                Interlocked.Increment(ref _count);
                await Task.Delay(50);
            }
        }
    }

    private static bool IsUnanswered(StatusCode status) => status is StatusCode.Unavailable or StatusCode.DeadlineExceeded;

    /// <summary>How many since it was asked last.</summary>
    public long Take() => Interlocked.Exchange(ref _count, 0);
}
