using System.Globalization;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary>Differences of two versions for people.</summary>
internal static class PriceChangeView
{
    private static readonly string[] Headings = ["", "what", "key", "name", "before", "after", "#per minute"];

    public static string Counts(PriceListChangeCounts counts) =>
        $"{Words.Of(counts.Added)} added, {Words.Of(counts.Removed)} removed, {Words.Of(counts.Changed)} changed "
        + $"({Words.Of(counts.Raised)} dearer, {Words.Of(counts.Lowered)} cheaper)"
        + (counts.RepricedByArea > 0 ? $"; areas reprice {Words.Of(counts.RepricedByArea)} prefixes" : "");

    public static void Table(CliOutput output, IEnumerable<PriceListChange> changes) =>
        output.TableIfAny("", Headings, changes.Select(Row));

    private static string[] Row(PriceListChange change) =>
    [
        change.Kind switch
        {
            PriceListChangeKind.Added => "+",
            PriceListChangeKind.Removed => "-",
            _ => "~",
        },
        Words.Of(change.Part).ToLowerInvariant().Replace('_', ' '), change.Key, Name(change), change.Before, change.After, Trend(change),
    ];

    /// <summary>Areas have no name: instead, what goes with them.</summary>
    private static string Name(PriceListChange change) =>
        change.Prefixes > 0 && change.Kind == PriceListChangeKind.Changed ? $"(reprices {Words.Of(change.Prefixes)} prefixes)" : change.Name;

    /// <summary>Which way the dearest minute went, and by how much of what it was.</summary>
    private static string Trend(PriceListChange change)
    {
        if (!change.HasPricePerMinuteBeforeNanos || !change.HasPricePerMinuteAfterNanos) return "";
        var (before, after) = (change.PricePerMinuteBeforeNanos, change.PricePerMinuteAfterNanos);
        if (before == after) return "";
        var arrow = after > before ? "\u2191" : "\u2193";
        if (before == 0) return arrow;
        var percent = ((decimal)after - before) / before * 100;
        return string.Create(CultureInfo.InvariantCulture, $"{arrow} {percent:+0.0;-0.0} %");
    }
}
