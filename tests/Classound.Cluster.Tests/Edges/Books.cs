using System.Collections.Concurrent;
using Classound.Cluster.Tests.Parts;

namespace Classound.Cluster.Tests.Edges;

/// <summary>All that the edges know, and every breach that anybody saw.</summary>
internal sealed class Books(Journal journal)
{
    private readonly ConcurrentQueue<string> _breaches = new();

    public ConcurrentDictionary<string, EdgeCall> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that were no answers, by RPC and status.</summary>
    public ConcurrentDictionary<string, int> Failures { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Breaches => _breaches;

    public void Breach(string what)
    {
        _breaches.Enqueue(what);
        journal.Write("BREACH " + what);
    }

    public void Failed(string rpc, object status) => Failures.AddOrUpdate($"{rpc} {status}", 1, (_, count) => count + 1);
}
