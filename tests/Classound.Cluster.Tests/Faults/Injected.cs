using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;

namespace Classound.Cluster.Tests.Faults;

/// <summary>That the faults were real, by what the silos said of them: one that changed nothing proves nothing.</summary>
internal static class Injected
{
    private static readonly (FaultKind Kind, string Proof)[] Proofs =
    [
        (FaultKind.CutOffSilo, "another activation owns this PBX"),
        (FaultKind.DisturbedReplies, "Outcome of a commit"),
        (FaultKind.FullStore, "OOM command not allowed"),
    ];

    public static void Check(Journal journal, Books books, IReadOnlyList<FaultKind> kinds)
    {
        var only = Environment.GetEnvironmentVariable("CLASSOUND_FAULT_KIND");
        var said = Directory.EnumerateFiles(journal.Folder, "silo-*.log").SelectMany(Lines).ToList();
        foreach (var (kind, proof) in Proofs.Where(row => kinds.Contains(row.Kind) && (only is null || only == row.Kind.ToString())))
        {
            var count = said.Count(line => line.Contains(proof, StringComparison.Ordinal));
            journal.Report($"{kind}: the silos said \"{proof}\" {count} times");
            if (count == 0) books.Breach($"{kind} left no trace: no silo said \"{proof}\"");
        }
    }

    private static IEnumerable<string> Lines(string file)
    {
        // The silo still writes to it.
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
