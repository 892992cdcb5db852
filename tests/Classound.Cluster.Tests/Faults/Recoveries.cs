using System.Collections.Concurrent;
using System.Globalization;
using Classound.Cluster.Tests.Parts;

namespace Classound.Cluster.Tests.Faults;

/// <summary>How long it took, by what happened: each PBX through each silo is one sample.</summary>
internal sealed class Recoveries
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _samples = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _faults = new(StringComparer.Ordinal);

    public void Fault(string what) => _faults.AddOrUpdate(what, 1, (_, count) => count + 1);

    public void Add(string what, TimeSpan time) => _samples.GetOrAdd(what, _ => []).Add(time.TotalSeconds);

    public void Print(Journal journal)
    {
        journal.Report("time until every PBX authorises again          faults samples    p50     p95     max  (s)");
        foreach (var (what, times) in _samples.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            var sorted = times.Order().ToArray();
            journal.Report(string.Create(CultureInfo.InvariantCulture,
                $"{what,-46} {_faults.GetValueOrDefault(what),6} {sorted.Length,7} {At(sorted, 50),6:0.00} {At(sorted, 95),7:0.00} {sorted[^1],7:0.00}"));
        }
    }

    public static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
}
