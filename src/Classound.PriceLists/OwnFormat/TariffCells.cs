using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>
/// Reads connect fee, minimum and steps. A large list has a few hundred tariffs on a million rows: the same text gives the same
/// tariff, read and checked once.
/// </summary>
internal sealed class TariffCells(PriceListRules rules, PlacedRemarks errors, PlacedRemarks notes)
{
    private readonly Dictionary<(string Fee, string Minimum, string Steps), Tariff> _tariffs = [];
    private readonly Dictionary<string, ImmutableArray<TariffStep>> _steps = new(StringComparer.Ordinal);

    /// <summary>Null after an error.</summary>
    public Tariff? Read(PriceListRow row, CallArea area)
    {
        var cells = (row[OwnColumn.ConnectFee], row[OwnColumn.MinimumSeconds], row[OwnColumn.Steps]);
        if (!_tariffs.TryGetValue(cells, out var tariff))
        {
            tariff = ReadNew(row);
            if (tariff is null) return null;
            _tariffs.Add(cells, tariff);
        }

        CheckIncrements(row.Place, area, tariff.Steps, row[OwnColumn.Steps]);
        CheckMinimum(row, area, tariff.MinimumSeconds);
        return tariff;
    }

    /// <summary>Refuses a fee or a minimum where no steps stand.</summary>
    public static void ExpectNone(PriceListRow row)
    {
        foreach (var column in (ReadOnlySpan<OwnColumn>)[OwnColumn.ConnectFee, OwnColumn.MinimumSeconds])
            if (row[column].Length > 0) row.Refuse(column, "expected empty without steps: then the row of the area applies");
    }

    /// <summary>Empty = 0.</summary>
    public Amount ReadConnectFee(PriceListRow row) =>
        row[OwnColumn.ConnectFee].Length == 0 ? Amount.Zero : row.ReadAmount(OwnColumn.ConnectFee, rules.MaxPricePerMinute);

    /// <summary>Empty after an error.</summary>
    public ImmutableArray<TariffStep> ReadSteps(PriceListRow row)
    {
        var text = row[OwnColumn.Steps];
        if (_steps.TryGetValue(text, out var steps)) return steps;
        if (!Tariff.TryParseSteps(text, out steps, out var error))
        {
            row.Refuse(OwnColumn.Steps, error!);
            return [];
        }

        foreach (var step in steps)
        {
            if (!IsTooDear(step)) continue;
            row.Refuse(OwnColumn.Steps, Say($"{step.Price} per {step.PerSeconds} s; expected at most {rules.MaxPricePerMinute} a minute"));
            return [];
        }

        _steps.Add(text, steps);
        return steps;
    }

    /// <summary>R6: areas above 1 are charged by the second.</summary>
    public void CheckIncrements(Place place, CallArea area, ImmutableArray<TariffStep> steps, string text)
    {
        if (area is CallArea.None or CallArea.Area1) return;
        foreach (var step in steps)
        {
            if (step.IncrementSeconds == 1) continue;
            Deviations.Add(place, OwnColumn.Steps, text, "not charged by the second; Areas 2 to 6 have increments of 1 s");
            return;
        }
    }

    private PlacedRemarks Deviations => rules.AllowOtherIncrements ? notes : errors;

    private Tariff? ReadNew(PriceListRow row)
    {
        var before = row.ErrorCount;
        var fee = ReadConnectFee(row);
        var minimum = row[OwnColumn.MinimumSeconds].Length == 0 ? 0
            : row.ReadNumber(OwnColumn.MinimumSeconds, 0, PbxLimits.LongestCallSeconds, "whole seconds");
        var steps = ReadSteps(row);
        if (row.ErrorCount > before) return null;
        if (Tariff.Check(fee, minimum, steps) is not { } invalid) return Tariff.Create(fee, minimum, steps);
        row.Refuse(OwnColumn.Steps, invalid);
        return null;
    }

    // A minimum above one second is a first increment by another name.
    private void CheckMinimum(PriceListRow row, CallArea area, int minimum)
    {
        if (minimum <= 1 || area is CallArea.None or CallArea.Area1) return;
        Deviations.Add(
            row.Place, OwnColumn.MinimumSeconds, row[OwnColumn.MinimumSeconds],
            "not charged by the second; Areas 2 to 6 have a minimum of at most 1 s");
    }

    private bool IsTooDear(TariffStep step) =>
        rules.MaxPricePerMinute.Nanos < long.MaxValue
        && (Int128)step.Price.Nanos * 60 > (Int128)rules.MaxPricePerMinute.Nanos * step.PerSeconds;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
