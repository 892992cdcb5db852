using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>
/// A document as rows of cells, in the order of <see cref="OwnColumns.Of"/>; null = empty. Numbers stay numbers, for a workbook shows
/// them as such.
/// </summary>
internal static class DocumentTables
{
    public static IEnumerable<object?[]> Rows(PriceListDocument document, RowKind kind) => kind switch
    {
        RowKind.List => [List(document)],
        RowKind.Area => document.Content.AreaTariffs.OrderBy(row => row.Key)
            .Select(row => (object?[])[(int)row.Key, row.Value.ConnectFee, row.Value.MinimumSeconds, Tariff.FormatSteps(row.Value.Steps)]),
        RowKind.Prefix => Prefixes(document.Content),
        RowKind.Band => document.Content.AreaTariffs.OrderBy(row => row.Key).SelectMany(row => Bands(row.Key, "", row.Value))
            .Concat(document.Content.Entries.Where(entry => entry.OwnTariff is { Bands.IsEmpty: false })
                .SelectMany(entry => Bands(null, entry.Prefix, entry.OwnTariff!))),
        RowKind.Plan => document.Content.Plans.SelectMany(Plan),
        RowKind.Did => document.Content.DidFees.Select(fee => (object?[])[fee.Country, fee.Kind, fee.Setup, fee.Monthly]),
        _ => document.Content.FreePhoneFees
            .Select(fee => (object?[])[fee.Country, fee.Monthly, fee.Fixed, fee.Mobile, fee.Payphone]),
    };

    /// <summary>The kinds of which the document has rows.</summary>
    public static IEnumerable<RowKind> Kinds(PriceListDocument document) =>
        Enumerable.Range(0, RowKinds.Count).Select(kind => (RowKind)kind).Where(kind => Rows(document, kind).Any());

    private static object?[] List(PriceListDocument document)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(document.TimeZoneId);
        return
        [
            document.Type, document.Version == 0 ? null : document.Version, document.Currency, document.TimeZoneId, document.Decimals,
            Time(document.EffectiveFrom, zone), Time(document.EffectiveUntil, zone), document.OperatorName,
        ];
    }

    private static IEnumerable<object?[]> Prefixes(PriceListContent content)
    {
        // A few hundred tariffs on a million rows: their steps are written once.
        var steps = new Dictionary<Tariff, string>(ReferenceEqualityComparer.Instance);
        foreach (var entry in content.Entries)
        {
            var own = entry.OwnTariff;
            string? text = null;
            if (own is not null && !steps.TryGetValue(own, out text)) steps.Add(own, text = Tariff.FormatSteps(own.Steps));
            yield return
            [
                entry.Prefix, entry.Country, OneLine(entry.Destination), (int)entry.Area, own?.ConnectFee, own?.MinimumSeconds, text,
                entry.HighCost ? "yes" : "no",
            ];
        }
    }

    // Older releases let line breaks pass, which an import now refuses.
    private static string OneLine(string name) => name.AsSpan().ContainsAnyInRange('\0', '\u001f')
        ? string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c))
        : name;

    private static IEnumerable<object?[]> Bands(CallArea? area, string prefix, Tariff tariff) => tariff.Bands.Select(band => (object?[])
    [
        (int?)area, prefix, OwnWords.Word(band.Days), OwnWords.Time(band.FromMinute), OwnWords.Time(band.ToMinute), tariff.BandTimeZoneId,
        band.ConnectFee, Tariff.FormatSteps(band.Steps),
    ]);

    private static IEnumerable<object?[]> Plan(PlanOffer plan)
    {
        var from = 1;
        foreach (var band in plan.Bands)
        {
            yield return
            [
                plan.Code, OwnWords.Word(plan.Term), OwnWords.Word(plan.Sharing), plan.MinutesPerUser, from,
                band.MaxUsers == int.MaxValue ? null : band.MaxUsers, band.MonthlyFeePerUser,
            ];
            if (band.MaxUsers < int.MaxValue) from = band.MaxUsers + 1;
        }
    }

    private static string? Time(DateTimeOffset? time, TimeZoneInfo zone) =>
        time is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : null;
}
