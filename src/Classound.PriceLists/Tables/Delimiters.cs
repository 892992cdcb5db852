using System.Runtime.InteropServices;

namespace Classound.PriceLists.Tables;

/// <summary>Finds what separates the columns of a text. What stands most often may be decimal commas, or the commas of a list of codes.</summary>
internal static class Delimiters
{
    // The first of equals wins: tabs stand in no text by chance, and commas stand in most.
    private const string InOrder = "\t;,";

    /// <summary>
    /// What stands equally often, outside quotes, on the most lines; a comma where there is none. Lines that begin with '#' do not count,
    /// whatever quotes stand in them.
    /// </summary>
    public static char Find(ReadOnlySpan<byte> start)
    {
        var lines = new Dictionary<int, int>[InOrder.Length];
        for (var i = 0; i < lines.Length; i++) lines[i] = [];
        Span<int> counts = stackalloc int[InOrder.Length];
        var (quoted, comment, begins) = (false, false, true);
        foreach (var value in start)
        {
            if (value is (byte)'\n' or (byte)'\r' && (comment || !quoted))
            {
                EndLine(counts, lines);
                (comment, begins) = (false, true);
                continue;
            }

            if (begins) comment = !quoted && value == '#';
            begins = false;
            if (comment) continue;
            if (value == '"') quoted = !quoted;
            else if (!quoted && InOrder.AsSpan().IndexOf((char)value) is >= 0 and var which) counts[which]++;
        }

        EndLine(counts, lines);
        return Best(lines);
    }

    private static void EndLine(Span<int> counts, Dictionary<int, int>[] lines)
    {
        for (var i = 0; i < counts.Length; i++)
            if (counts[i] > 0) CollectionsMarshal.GetValueRefOrAddDefault(lines[i], counts[i], out _)++;
        counts.Clear();
    }

    private static char Best(Dictionary<int, int>[] lines)
    {
        var (best, most) = (',', 0);
        for (var i = 0; i < lines.Length; i++)
        {
            var alike = lines[i].Values.DefaultIfEmpty().Max();
            if (alike > most) (best, most) = (InOrder[i], alike);
        }

        return best;
    }
}
