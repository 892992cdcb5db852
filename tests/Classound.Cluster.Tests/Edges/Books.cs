using System.Collections.Concurrent;
using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Calls.V1;

namespace Classound.Cluster.Tests.Edges;

/// <summary>All that the edges know, and every breach that anybody saw.</summary>
internal sealed class Books(Journal journal)
{
    public static readonly TimeSpan MostPutOff = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<string> _breaches = new();
    private int _excused;
    private bool _over;

    public ConcurrentDictionary<string, EdgeCall> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that were no answers, by RPC and status.</summary>
    public ConcurrentDictionary<string, int> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>Denials by RPC and reason.</summary>
    public ConcurrentDictionary<string, int> Denials { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    /// <summary>Edges ask nothing more: the run is over, or was broken off.</summary>
    public bool Over
    {
        get => Volatile.Read(ref _over);
        set => Volatile.Write(ref _over, value);
    }

    public IReadOnlyCollection<string> Breaches => _breaches;

    public void Breach(string what)
    {
        _breaches.Enqueue(what);
        journal.Write("BREACH " + what);
    }

    /// <summary>
    /// Kills of a Redis that syncs every second. It writes before it replies, but puts a write off for up to two seconds while the
    /// disk is busy: what was acknowledged in that time before the kill may be gone.
    /// </summary>
    public ConcurrentQueue<DateTime> LossyKills { get; } = new();

    /// <summary>Breaches that such a kill explains.</summary>
    public int Excused => _excused;

    /// <summary>Something acknowledged is gone. What such a kill cannot explain (two charges, a wrong price) is no loss.</summary>
    public void Loss(EdgeCall call, string what)
    {
        if (!LossyKills.Any(kill => call.Touches(kill - MostPutOff, kill))) Breach(what);
        else
        {
            Interlocked.Increment(ref _excused);
            journal.Write("lost with Redis, within its bound: " + what);
        }
    }

    /// <summary>A call that its month cap refuses is what this workload provokes; every other refusal is the cluster's mistake.</summary>
    public void Denied(string rpc, EdgeCall call, CallDenial denial)
    {
        Denials.AddOrUpdate($"{rpc} {denial.Reason}", 1, (_, count) => count + 1);
        if (denial.Reason == DenialReason.MonthCapReached && call.Plan.Shape != CallShape.Emergency) return;
        var what = $"{call.Plan.PbxId} {call.Plan.CallId} ({call.Plan.Shape}): {rpc} was denied as {denial.Reason}: {denial.Detail}";
        if (denial.Reason == DenialReason.UnknownCall) Loss(call, what);
        else Breach(what);
    }

    public void Failed(string rpc, object status) => Failures.AddOrUpdate($"{rpc} {status}", 1, (_, count) => count + 1);
}
