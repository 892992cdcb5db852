using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>One row of a price-list file. Every cell is looked at, whatever is wrong with the others.</summary>
internal sealed class PriceListRow(
    PriceListColumns columns, string[] cells, int line, PriceListRules rules, RemarkLog errors, RemarkLog notes)
{
    private static readonly string[] PrefixOnly =
        [PriceListFile.Prefix, PriceListFile.Country, PriceListFile.Destination, PriceListFile.HighCost];

    public int Line => line;

    public string this[string column] => cells[columns[column]];

    public void Refuse(string column, string reason) => errors.Add(line, column, this[column], reason);

    /// <summary>Null after an error.</summary>
    public (CallArea Area, Tariff Tariff)? ReadArea()
    {
        var before = errors.Count;
        foreach (var column in PrefixOnly)
            if (this[column].Length > 0) Refuse(column, "expected empty in an area row");
        var area = ReadAreaNumber();
        var tariff = ReadTariff(area);
        return errors.Count == before ? (area, tariff!) : null;
    }

    /// <summary>Null after an error.</summary>
    public PriceListEntry? ReadPrefix()
    {
        var before = errors.Count;
        if (!NumberPrefix.TryParse(this[PriceListFile.Prefix], out _))
            Refuse(PriceListFile.Prefix, "expected 1 to 15 digits without '+', the first of them 1 to 9");
        var country = this[PriceListFile.Country];
        if (country.Length > 0 && !CountryCodes.IsKnown(country))
            Refuse(PriceListFile.Country, "expected an ISO 3166-1 code such as IT, or empty where the prefix belongs to no country");
        if (this[PriceListFile.Destination].Length is 0 or > PriceListFile.MaxDestinationLength)
            Refuse(PriceListFile.Destination, Say($"expected a name of 1 to {PriceListFile.MaxDestinationLength} characters"));
        var area = ReadAreaNumber();
        var own = this[PriceListFile.Steps].Length > 0 ? ReadTariff(area) : NoTariff();
        var highCost = ReadHighCost();
        return errors.Count == before
            ? new PriceListEntry(this[PriceListFile.Prefix], country, this[PriceListFile.Destination], area, own, highCost)
            : null;
    }

    private CallArea ReadAreaNumber()
    {
        var text = this[PriceListFile.Area];
        if (text is ['1' or '2' or '3' or '4' or '5' or '6']) return (CallArea)(text[0] - '0');
        Refuse(PriceListFile.Area, "expected 1 to 6");
        return CallArea.None;
    }

    private bool ReadHighCost()
    {
        var text = this[PriceListFile.HighCost];
        if (text is "yes") return true;
        if (text is not ("no" or "")) Refuse(PriceListFile.HighCost, "expected yes or no");
        return false;
    }

    private Tariff? NoTariff()
    {
        foreach (var column in (ReadOnlySpan<string>)[PriceListFile.ConnectFee, PriceListFile.MinimumSeconds])
            if (this[column].Length > 0) Refuse(column, "expected empty without steps: then the row of the area applies");
        return null;
    }

    private Tariff? ReadTariff(CallArea area)
    {
        var before = errors.Count;
        var fee = ReadConnectFee();
        var minimum = ReadMinimumSeconds();
        if (!Tariff.TryParseSteps(this[PriceListFile.Steps], out var steps, out var error)) Refuse(PriceListFile.Steps, error!);
        if (errors.Count > before) return null;
        if (Tariff.Check(fee, minimum, steps) is { } invalid)
        {
            Refuse(PriceListFile.Steps, invalid);
            return null;
        }

        var tariff = Tariff.Create(fee, minimum, steps);
        if (tariff.HighestPricePerMinute > rules.MaxPricePerMinute)
            Refuse(PriceListFile.Steps, Say($"{tariff.HighestPricePerMinute} a minute; expected at most {rules.MaxPricePerMinute}"));
        CheckIncrements(area, minimum, steps);
        return tariff;
    }

    private Amount ReadConnectFee()
    {
        var text = this[PriceListFile.ConnectFee];
        if (text.Length == 0) return Amount.Zero;
        if (!Amount.TryParse(text, out var fee) || fee < Amount.Zero)
            Refuse(PriceListFile.ConnectFee, "expected an amount of 0 or more such as 0.05, with at most 9 decimals");
        else if (fee > rules.MaxPricePerMinute)
            Refuse(PriceListFile.ConnectFee, Say($"expected at most {rules.MaxPricePerMinute}"));
        return fee;
    }

    private int ReadMinimumSeconds()
    {
        var text = this[PriceListFile.MinimumSeconds];
        if (text.Length == 0) return 0;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > PbxLimits.LongestCallSeconds)
            Refuse(PriceListFile.MinimumSeconds, Say($"expected whole seconds, 0 to {PbxLimits.LongestCallSeconds}"));
        return seconds;
    }

    // R6. A minimum above one second is a first increment by another name.
    private void CheckIncrements(CallArea area, int minimum, ImmutableArray<TariffStep> steps)
    {
        if (area is CallArea.None or CallArea.Area1) return;
        var log = rules.AllowOtherIncrements ? notes : errors;
        if (steps.Any(step => step.IncrementSeconds != 1))
            log.Add(line, PriceListFile.Steps, this[PriceListFile.Steps], "not charged by the second; Areas 2 to 6 have increments of 1 s");
        if (minimum > 1)
        {
            log.Add(line, PriceListFile.MinimumSeconds, this[PriceListFile.MinimumSeconds],
                "not charged by the second; Areas 2 to 6 have a minimum of at most 1 s");
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
