using System.Globalization;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// Prefixes as a customer can read them: three or more that follow each other become a span, so that 49151, 49152 and 49153 are
/// written <c>49151-49153</c>. Both ends have the same number of digits, and so has every prefix in between.
/// </summary>
internal static class PrefixSpans
{
    private const int FewestOfASpan = 3;

    /// <summary>In the order of their digits; each prefix is in exactly one of the texts.</summary>
    public static List<string> Compress(IEnumerable<string> prefixes)
    {
        var spans = new List<string>();
        var run = new List<string>();
        // By length first: only prefixes of one length can follow each other. What comes out is put into digits' order.
        foreach (var prefix in prefixes.OrderBy(prefix => prefix.Length).ThenBy(prefix => prefix, StringComparer.Ordinal))
        {
            if (run.Count > 0 && !Follows(run[^1], prefix)) Close(run, spans);
            run.Add(prefix);
        }

        Close(run, spans);
        spans.Sort(StringComparer.Ordinal);
        return spans;
    }

    private static bool Follows(string previous, string next) =>
        previous.Length == next.Length
        && ulong.Parse(next, NumberStyles.None, CultureInfo.InvariantCulture)
            == ulong.Parse(previous, NumberStyles.None, CultureInfo.InvariantCulture) + 1;

    private static void Close(List<string> run, List<string> spans)
    {
        if (run.Count >= FewestOfASpan) spans.Add($"{run[0]}-{run[^1]}");
        else spans.AddRange(run);
        run.Clear();
    }
}
