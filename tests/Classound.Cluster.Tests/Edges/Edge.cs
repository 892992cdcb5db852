using System.Diagnostics;
using System.Net.Sockets;
using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Calls.V1;
using Grpc.Core;

namespace Classound.Cluster.Tests.Edges;

/// <summary>
/// Sends requests as a real edge does: with a deadline, and on no answer again, to another silo, after a pause; for a while not to
/// one whose port is closed.
/// </summary>
internal sealed class Edge(IReadOnlyList<SiloNode> nodes, Books books)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Avoided = TimeSpan.FromSeconds(2);

    private readonly long[] _closedAt = new long[nodes.Count];

    private readonly CallService.CallServiceClient[] _silos = [.. nodes.Select(node => new CallService.CallServiceClient(node.Channel))];

    public const int ForEver = int.MaxValue;

    /// <summary>The answer, or null when as many attempts as allowed got none.</summary>
    public async Task<TReply?> Ask<TReply>(
        EdgeCall call, Func<CallService.CallServiceClient, DateTime, AsyncUnaryCall<TReply>> send, int silo, int attempts)
        where TReply : class
    {
        silo = Open(silo % _silos.Length);
        var failures = "";
        var pause = TimeSpan.FromMilliseconds(50);
        var (begun, attempt) = (DateTime.UtcNow, 0);
        for (; attempt < attempts && !books.Over; attempt++)
        {
            if (attempt > 0)
            {
                call.Retried();
                await Task.Delay(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                silo = Open((silo + 1) % _silos.Length);
            }
            try
            {
                var reply = await send(_silos[silo], DateTime.UtcNow + Deadline);
                books.Requests.Enqueue(new SentRequest(begun, attempt, true, failures));
                return reply;
            }
            catch (RpcException e) when (NoAnswer.Is(e))
            {
                books.Failed(typeof(TReply).Name, e.StatusCode);
                if (e.Status.DebugException?.GetBaseException() is SocketException) Volatile.Write(ref _closedAt[silo], Stopwatch.GetTimestamp());
                if (attempt < 4) failures += $"{DateTime.UtcNow:mm:ss.fff} {typeof(TReply).Name} of {call.Plan.PbxId} {nodes[silo].Name} {e.StatusCode} {Cause(e)}; ";
            }
            catch (RpcException e)
            {
                // An error that no repeat mends: a real edge would lose the call over it.
                books.Failed(typeof(TReply).Name, $"{e.StatusCode}: {e.Status.Detail}");
                books.Breach($"{call.Plan.CallId}: {typeof(TReply).Name} failed as {e.Status}");
                break;
            }
        }
        books.Requests.Enqueue(new SentRequest(begun, attempt, false, failures));
        return null;
    }

    private int Open(int silo)
    {
        for (var next = 0; next < _silos.Length; next++)
        {
            var candidate = (silo + next) % _silos.Length;
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _closedAt[candidate])) > Avoided) return candidate;
        }
        return silo;
    }

    // What the product says, or that nobody was there to say it.
    private static string Cause(RpcException e) => e.Status.DebugException?.GetBaseException().Message ?? e.Status.Detail;

    /// <summary>The same request to every silo at once, each copy until it is answered.</summary>
    public Task<TReply?[]> AskAll<TReply>(
        EdgeCall call, Func<CallService.CallServiceClient, DateTime, AsyncUnaryCall<TReply>> send, int attempts)
        where TReply : class =>
        Task.WhenAll(Enumerable.Range(0, _silos.Length).Select(silo => Ask(call, send, silo, attempts)));
}
