using System.Collections.Concurrent;
using System.Globalization;
using Classound.Cluster.Tests.Parts;

namespace Classound.Cluster.Tests.Faults;

/// <summary>
/// How long it took, by what happened. Each PBX through each silo is one sample; of the PBXs of one fault most were never in its
/// way, so what counts is the slowest of each fault: the time until all authorise again.
/// </summary>
internal sealed class Recoveries
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<(double[] Times, int None)>> _faults = new(StringComparer.Ordinal);

    /// <param name="what">The row of the table.</param>
    /// <param name="times">One per PBX and silo.</param>
    /// <param name="none">PBXs that were not decided through a silo, because it went away meanwhile.</param>
    public void Add(string what, IEnumerable<TimeSpan> times, int none) =>
        _faults.GetOrAdd(what, _ => []).Add(([.. times.Select(time => time.TotalSeconds)], none));

    public void Print(Journal journal)
    {
        journal.Report("seconds                                        until all authorise       of single samples");
        journal.Report("                                         faults    p95     max   number none    p50    p95");
        foreach (var (what, faults) in _faults.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            var all = faults.SelectMany(fault => fault.Times).Order().ToArray();
            if (all.Length == 0) continue;
            var slowest = faults.Where(fault => fault.Times.Length > 0).Select(fault => fault.Times.Max()).Order().ToArray();
            journal.Report(string.Create(CultureInfo.InvariantCulture,
                $"{what,-41} {faults.Count,5} {At(slowest, 95),6:0.00} {slowest[^1],7:0.00} {all.Length,8} {faults.Sum(fault => fault.None),4} {At(all, 50),6:0.00} {At(all, 95),6:0.00}"));
        }
    }

    public static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
}
