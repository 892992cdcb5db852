using System.Diagnostics;
using System.Net.Sockets;
using Classound.Cluster.Tests.Parts;
using Grpc.Core;

namespace Classound.Cluster.Tests.Edges;

/// <summary>
/// Sends requests as a real edge does, and on no answer again after a pause: where it knows the silos one by one, to another one,
/// and for a while not to one whose port is closed; where its way balances over them, the same way.
/// </summary>
internal sealed class Edge(IReadOnlyList<IWay> ways, bool balanced, Books books)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Avoided = TimeSpan.FromSeconds(2);

    // What is kept of the failures of one request.
    private const int MostSaid = 4;

    private readonly long[] _closedAt = new long[ways.Count];

    public const int ForEver = int.MaxValue;

    /// <summary>One that knows each silo.</summary>
    public static Edge ToEach(IReadOnlyList<SiloNode> nodes, Books books) =>
        new([.. nodes.Select(node => new UnaryWay(node.Name, node.Channel))], balanced: false, books);

    public int Ways => ways.Count;

    /// <summary>The answer, or null when as many attempts as allowed got none.</summary>
    public async Task<TReply?> Ask<TReply>(EdgeCall call, Func<IWay, Task<TReply>> send, int way, int attempts)
        where TReply : class
    {
        way = Open(way % ways.Count);
        var failures = "";
        var pause = FirstPause;
        var (begun, since, attempt) = (DateTime.UtcNow, Stopwatch.GetTimestamp(), 0);
        for (; attempt < attempts && !books.Over; attempt++)
        {
            if (attempt > 0)
            {
                call.Retried();
                await Task.Delay(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (!balanced) way = Open((way + 1) % ways.Count);
            }
            try
            {
                var reply = await send(ways[way]);
                Note(answered: true);
                return reply;
            }
            catch (RpcException e) when (NoAnswer.Is(e))
            {
                books.Failed(typeof(TReply).Name, e.StatusCode);
                if (e.Status.DebugException?.GetBaseException() is SocketException) Volatile.Write(ref _closedAt[way], Stopwatch.GetTimestamp());
                if (attempt < MostSaid) failures += $"{DateTime.UtcNow:mm:ss.fff} {typeof(TReply).Name} of {call.Plan.PbxId} {ways[way].Kind} {e.StatusCode} {Cause(e)}; ";
            }
            catch (RpcException e)
            {
                // An error that no repeat mends: a real edge would lose the call over it.
                books.Failed(typeof(TReply).Name, $"{e.StatusCode}: {e.Status.Detail}");
                books.Breach($"{call.Plan.CallId}: {typeof(TReply).Name} failed as {e.Status}");
                break;
            }
        }
        Note(answered: false);
        return null;

        void Note(bool answered) =>
            books.Requests.Enqueue(new SentRequest(typeof(TReply).Name, ways[way].Kind, begun, Stopwatch.GetElapsedTime(since), attempt, answered, failures));
    }

    /// <summary>The same request by every way at once, each copy until it is answered.</summary>
    public Task<TReply?[]> AskAll<TReply>(EdgeCall call, Func<IWay, Task<TReply>> send, int attempts)
        where TReply : class =>
        Task.WhenAll(Enumerable.Range(0, ways.Count).Select(way => Ask(call, send, way, attempts)));

    private int Open(int way)
    {
        if (balanced) return way;
        for (var next = 0; next < ways.Count; next++)
        {
            var candidate = (way + next) % ways.Count;
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _closedAt[candidate])) > Avoided) return candidate;
        }
        return way;
    }

    // What the product says, or that nobody was there to say it.
    private static string Cause(RpcException e) => e.Status.DebugException?.GetBaseException().Message ?? e.Status.Detail;
}
