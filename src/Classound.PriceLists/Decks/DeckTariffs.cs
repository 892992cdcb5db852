using System.Globalization;
using Classound.Charging;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Decks;

/// <summary>Tariffs of rows: price, increments, connect fee, minimum. Equal ones are one object.</summary>
internal sealed class DeckTariffs(DeckMapping mapping, DeckOptions options, DeckTerms terms, RemarkLog errors, RemarkLog notes)
{
    private readonly Dictionary<(Amount Price, DeckIncrements Increments, Amount Fee, int Minimum), Tariff> _known = [];

    private int _withoutIncrements;
    private int _firstWithout;

    /// <summary>Null after an error.</summary>
    public Tariff? Read(in DeckRow row)
    {
        var price = ReadAmount(row, DeckTarget.Price);
        var fee = row[DeckTarget.ConnectFee].Length == 0 ? Amount.Zero : ReadAmount(row, DeckTarget.ConnectFee);
        var increments = ReadIncrements(row);
        var minimum = ReadMinimum(row);
        if (price is null || fee is null || increments is null || minimum is null) return null;
        if (price == Amount.Zero) row.Refuse(DeckTarget.Price, "free of charge", notes);
        var key = (price.Value, increments.Value, fee.Value, minimum.Value);
        if (!_known.TryGetValue(key, out var tariff))
            _known.Add(key, tariff = Tariff.Create(fee.Value, minimum.Value, increments.Value.Steps(price.Value)));
        return tariff;
    }

    /// <summary>Not charged by the second from the first one (R6).</summary>
    public static bool Deviates(Tariff tariff) => tariff.MinimumSeconds > 1 || tariff.Steps.Any(static step => step.IncrementSeconds != 1);

    public void Deviation(in DeckRow row, Tariff tariff)
    {
        var log = options.Rules.AllowOtherIncrements ? notes : errors;
        if (tariff.Steps.Any(static step => step.IncrementSeconds != 1))
        {
            var target = row[DeckTarget.Increments].Length > 0 ? DeckTarget.Increments : DeckTarget.FirstIncrement;
            log.Add(row.Line, target == DeckTarget.Increments || row[target].Length > 0 ? Heading(target) : "",
                Tariff.FormatSteps(tariff.Steps), "not charged by the second; Areas 2 to 6 have increments of 1 s");
        }
        else
        {
            row.Refuse(DeckTarget.MinimumSeconds, "not charged by the second; Areas 2 to 6 have a minimum of at most 1 s", log);
        }
    }

    private Amount? ReadAmount(in DeckRow row, DeckTarget target)
    {
        if (!DeckNumber.TryParse(row[target], mapping.DecimalSeparator, out var amount, out var rounded))
        {
            row.Refuse(target, $"expected a price such as 0{mapping.DecimalSeparator}0125", errors);
            return null;
        }

        if (!terms.FitsCurrency(row, target)) return null;
        if (amount < Amount.Zero) row.Refuse(target, "expected 0 or more", errors);
        else if (amount > options.Rules.MaxPricePerMinute)
            row.Refuse(target, Say($"{amount}; expected at most {options.Rules.MaxPricePerMinute}"), errors);
        else
        {
            if (rounded) row.Refuse(target, Say($"rounded to 9 decimals: {amount}"), notes);
            return amount;
        }

        return null;
    }

    private DeckIncrements? ReadIncrements(in DeckRow row)
    {
        if (row[DeckTarget.Increments] is { Length: > 0 } both)
        {
            if (DeckIncrements.TryParse(both, out var read)) return read;
            row.Refuse(DeckTarget.Increments, DeckIncrements.Expected, errors);
            return null;
        }

        var (first, next) = (ReadSeconds(row, DeckTarget.FirstIncrement), ReadSeconds(row, DeckTarget.NextIncrement));
        if (first is null || next is null) return null;
        if (EmptyColumn(row, first.Value, next.Value) is { } empty) return Complete(row, empty, first.Value, next.Value);
        return (first, next) switch
        {
            (0, 0) => mapping.Increments,
            (0, { } only) => new DeckIncrements(only, only),
            ({ } only, 0) => new DeckIncrements(only, only),
            ({ } a, { } b) => new DeckIncrements(a, b),
            _ => null,
        };
    }

    /// <summary>The column that has increments for other rows and none for this one; null where there is none.</summary>
    private static DeckTarget? EmptyColumn(in DeckRow row, int first, int next)
    {
        if (row.Has(DeckTarget.FirstIncrement) && first == 0) return DeckTarget.FirstIncrement;
        if (row.Has(DeckTarget.NextIncrement) && next == 0) return DeckTarget.NextIncrement;
        return row.Has(DeckTarget.Increments) && first == 0 && next == 0 ? DeckTarget.Increments : null;
    }

    // A deck that has a column of increments charges by the second only where it says so.
    private DeckIncrements? Complete(in DeckRow row, DeckTarget empty, int first, int next)
    {
        if (options.Increments is null)
        {
            row.Refuse(empty, $"{DeckIncrements.Expected}, or those of rows without their own (--increments)", errors);
            return null;
        }

        if (_withoutIncrements++ == 0) _firstWithout = row.Line;
        return new DeckIncrements(first == 0 ? mapping.Increments.First : first, next == 0 ? mapping.Increments.Next : next);
    }

    /// <summary>After the last row: what is said of many rows at once.</summary>
    public void Report()
    {
        if (_withoutIncrements == 0) return;
        var rows = _withoutIncrements == 1 ? "row lacks" : "rows lack";
        notes.Add(_firstWithout, "", "", Say($"{_withoutIncrements} {rows} increments, this the first: those of {mapping.Increments} as given"));
    }

    /// <summary>0 where the row has none; null after an error.</summary>
    private int? ReadSeconds(in DeckRow row, DeckTarget target)
    {
        if (row[target].Length == 0) return 0;
        if (DeckIncrements.TryParseSeconds(row[target], out var seconds)) return seconds;
        row.Refuse(target, Say($"expected whole seconds, 1 to {PbxLimits.LongestCallSeconds}"), errors);
        return null;
    }

    private int? ReadMinimum(in DeckRow row) => row[DeckTarget.MinimumSeconds] is "0" ? 0 : ReadSeconds(row, DeckTarget.MinimumSeconds);

    private string Heading(DeckTarget target) => mapping.Columns.First(column => column.Target == target).Heading;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
