using Grpc.Core;

namespace Classound.Cli.Connection;

/// <summary>
/// Repeats a request with the same ids while the service is unavailable, as every RPC allows. The wait doubles from a
/// tenth of a second to five seconds; after about a minute without an answer the last error goes to the caller.
/// </summary>
public sealed class RepeatingCaller
{
    private const int Attempts = 18;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellation;

    public RepeatingCaller(TimeProvider clock, CancellationToken cancellation)
    {
        _clock = clock;
        _cancellation = cancellation;
    }

    public async Task<TReply> CallAsync<TReply>(Func<CallOptions, AsyncUnaryCall<TReply>> send)
    {
        var wait = FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var call = send(
                    new CallOptions(deadline: _clock.GetUtcNow().UtcDateTime + Patience, cancellationToken: _cancellation));
                return await call.ResponseAsync;
            }
            catch (RpcException error) when (attempt < Attempts
                && error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
                await Task.Delay(wait, _clock, _cancellation);
            }
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }
}
