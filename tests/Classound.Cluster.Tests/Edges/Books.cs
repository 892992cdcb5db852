using System.Collections.Concurrent;
using Classound.Cluster.Tests.Parts;

namespace Classound.Cluster.Tests.Edges;

/// <summary>All that the edges know, and every breach that anybody saw.</summary>
internal sealed class Books(Journal journal)
{
    public static readonly TimeSpan MostPutOff = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<string> _breaches = new();
    private int _excused;

    public ConcurrentDictionary<string, EdgeCall> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that were no answers, by RPC and status.</summary>
    public ConcurrentDictionary<string, int> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>How often single requests had to be sent again.</summary>
    public ConcurrentDictionary<int, int> Retries { get; } = new();

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

    public void Breach(EdgeCall call, string what)
    {
        if (!LossyKills.Any(kill => call.Touches(kill - MostPutOff, kill))) Breach(what);
        else
        {
            Interlocked.Increment(ref _excused);
            journal.Write("lost with Redis, within its bound: " + what);
        }
    }

    /// <summary>What happened to each request that was sent more than twice.</summary>
    public ConcurrentQueue<string> Stubborn { get; } = new();

    public void Answered(int retries, string failures)
    {
        Retries.AddOrUpdate(retries, 1, (_, count) => count + 1);
        if (retries > 1) Stubborn.Enqueue(failures);
    }

    public void Failed(string rpc, object status) => Failures.AddOrUpdate($"{rpc} {status}", 1, (_, count) => count + 1);
}
