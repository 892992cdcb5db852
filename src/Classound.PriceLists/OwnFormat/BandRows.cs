using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Classound.Charging;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>
/// Rows of kind <c>band</c>: other prices for a part of the week. They name an area, or a prefix with steps of its own, which may
/// stand anywhere in the file; so they are joined at its end.
/// </summary>
internal sealed class BandRows(TariffCells tariffs, PlacedRemarks errors)
{
    private readonly Dictionary<(CallArea Area, NumberPrefix Prefix), List<BandRow>> _targets = [];
    private readonly Dictionary<(Tariff Own, string Bands), Tariff> _joined = [];

    public void Read(PriceListRow row)
    {
        var before = row.ErrorCount;
        var target = ReadTarget(row);
        var days = OwnWords.ParseDays(row[OwnColumn.Days]);
        if (days == WeekDays.None) row.Refuse(OwnColumn.Days, $"expected days such as Mon-Fri or Sat,Sun, of {OwnWords.Days}");
        var from = OwnWords.ParseTime(row[OwnColumn.From]);
        if (from is null or 1440) row.Refuse(OwnColumn.From, "expected a time of day such as 08:00, 00:00 to 23:59");
        var to = OwnWords.ParseTime(row[OwnColumn.To]);
        if (to is null) row.Refuse(OwnColumn.To, "expected a time of day such as 18:00, 00:00 to 24:00");
        var zone = row[OwnColumn.BandTimeZone];
        if (zone.Length > 0 && !TimeZones.IsKnown(zone)) row.Refuse(OwnColumn.BandTimeZone, TimeZones.Expected);
        var fee = tariffs.ReadConnectFee(row);
        var steps = tariffs.ReadSteps(row);
        if (row.ErrorCount > before) return;
        if (!_targets.TryGetValue(target, out var rows)) _targets.Add(target, rows = []);
        rows.Add(new BandRow(row.Place, new TariffBand(days, from!.Value, to!.Value, fee, steps), zone, row[OwnColumn.Steps]));
    }

    /// <summary>Gives the bands to the tariffs that they belong to.</summary>
    /// <param name="areas">The Areas table.</param>
    /// <param name="prefixes">Call termination.</param>
    /// <param name="listZone">Zone of bands that name none; empty = not known.</param>
    public void Join(AreaRows areas, PrefixRows prefixes, string listZone)
    {
        foreach (var ((area, prefix), rows) in _targets)
        {
            if (area != CallArea.None)
            {
                if (!areas.Has(area)) Refuse(rows, OwnColumn.Area, Digit(area), "the file has no row of this area");
                else if (areas.Find(area) is { } own && Join(own, area, rows, listZone) is { } joined) areas.Replace(area, joined);
                continue;
            }

            if (!prefixes.TryFind(prefix, out var entry)) Refuse(rows, OwnColumn.Prefix, prefix.ToString(), "the file has no row of this prefix");
            else if (entry is { OwnTariff: null })
                Refuse(rows, OwnColumn.Prefix, prefix.ToString(), "the prefix has no steps of its own; expected a band of its area");
            else if (entry is { OwnTariff: { } own } found && Join(own, found.Area, rows, listZone) is { } joined) prefixes.Replace(prefix, joined);
        }
    }

    // Null after an error, which is told at the first band that does not fit those before it.
    private Tariff? Join(Tariff own, CallArea area, List<BandRow> rows, string listZone)
    {
        var before = errors.Count;
        foreach (var row in rows) tariffs.CheckIncrements(row.Place, area, row.Band.Steps, row.StepsText);
        if (ZoneOf(rows, listZone) is not { } zone || errors.Count > before) return null;
        var key = (own, Text(rows, zone));
        if (_joined.TryGetValue(key, out var joined)) return joined;
        for (var count = 1; count <= rows.Count; count++)
        {
            if (Tariff.Check(own.ConnectFee, own.MinimumSeconds, own.Steps, Bands(rows, count), zone) is not { } invalid) continue;
            errors.Add(rows[count - 1].Place, OwnColumn.Days, OwnWords.Word(rows[count - 1].Band.Days), invalid);
            return null;
        }

        joined = Tariff.Create(own.ConnectFee, own.MinimumSeconds, own.Steps, Bands(rows, rows.Count), zone);
        _joined.Add(key, joined);
        return joined;
    }

    private string? ZoneOf(List<BandRow> rows, string listZone)
    {
        string? zone = null;
        foreach (var row in rows)
        {
            var its = row.Zone.Length > 0 ? row.Zone : listZone;
            if (its.Length == 0)
                errors.Add(row.Place, OwnColumn.BandTimeZone, "", $"{TimeZones.Expected}; neither the row nor the list says one");
            else if (zone is not null && zone != its)
                errors.Add(row.Place, OwnColumn.BandTimeZone, its, $"expected {zone}, as of the bands before: one tariff has one zone");
            zone ??= its;
        }

        return zone is "" ? null : zone;
    }

    private static (CallArea Area, NumberPrefix Prefix) ReadTarget(PriceListRow row)
    {
        if (row[OwnColumn.Prefix].Length == 0) return (row.ReadArea(), default);
        if (row[OwnColumn.Area].Length > 0) row.Refuse(OwnColumn.Area, "expected an area or a prefix, not both");
        if (!NumberPrefix.TryParse(row[OwnColumn.Prefix], out var prefix))
            row.Refuse(OwnColumn.Prefix, "expected 1 to 15 digits without '+', the first of them 1 to 9");
        return (CallArea.None, prefix);
    }

    private void Refuse(List<BandRow> rows, OwnColumn column, string value, string reason)
    {
        foreach (var row in rows) errors.Add(row.Place, column, value, reason);
    }

    private static ImmutableArray<TariffBand> Bands(List<BandRow> rows, int count) => [.. rows.Take(count).Select(row => row.Band)];

    private static string Text(List<BandRow> rows, string zone)
    {
        var text = new StringBuilder(zone);
        foreach (var (_, band, _, steps) in rows)
            text.Append(CultureInfo.InvariantCulture, $"|{(int)band.Days} {band.FromMinute} {band.ToMinute} {band.ConnectFee} {steps}");
        return text.ToString();
    }

    private static string Digit(CallArea area) => ((int)area).ToString(CultureInfo.InvariantCulture);

    private sealed record BandRow(Place Place, TariffBand Band, string Zone, string StepsText);
}
