using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// The price columns of call termination: per minute, increments and, where any tariff has one, connect fee. Knows all tariffs of
/// the list, so that all its tables write their prices with the same decimals; lists have many prefixes, but few tariffs.
/// </summary>
internal sealed class TariffCells
{
    private readonly Dictionary<Tariff, IReadOnlyList<TariffLine>> _lines = [];
    private readonly int _priceDecimals;
    private readonly int _feeDecimals;
    private readonly bool _hasFees;

    public TariffCells(IEnumerable<Tariff> tariffs)
    {
        foreach (var tariff in tariffs)
            if (!_lines.ContainsKey(tariff)) _lines.Add(tariff, TariffLine.Of(tariff));
        var lines = _lines.Values.SelectMany(line => line).ToList();
        var fees = lines.Where(line => line.ConnectFee is not null).Select(line => line.ConnectFee!.Value).ToList();
        _priceDecimals = AmountText.Decimals(lines.Where(line => line.PerSeconds == 60).Select(line => line.Price));
        _feeDecimals = AmountText.Decimals(fees);
        _hasFees = fees.Exists(fee => fee != Amount.Zero);
    }

    public IEnumerable<PrintColumn> Columns => _hasFees
        ? [new("Price per minute", IsAmount: true), new("Connect fee", IsAmount: true), new("Increments")]
        : [new("Price per minute", IsAmount: true), new("Increments")];

    /// <summary>A row that begins with these cells and has the tariff's price behind them; further prices follow as details.</summary>
    /// <param name="tariff">Null = there is no price.</param>
    public IEnumerable<PrintRow> Rows(IReadOnlyList<string> leading, Tariff? tariff)
    {
        if (tariff is null)
        {
            yield return new PrintRow(PrintRowKind.Row, [.. leading, "no price", .. Blank(_hasFees ? 2 : 1)]);
            yield break;
        }

        var lines = _lines[tariff];
        // With bands no price is the price: each stands below, with its hours.
        var first = lines[0].When.Length == 0 ? 1 : 0;
        yield return new PrintRow(PrintRowKind.Row, [.. leading, .. first == 1 ? Cells(lines[0]) : Blank(_hasFees ? 3 : 2)]);
        foreach (var line in lines.Skip(first))
            yield return new PrintRow(PrintRowKind.Detail, [line.When, .. Blank(leading.Count - 1), .. Cells(line)]);
    }

    private IEnumerable<string> Cells(TariffLine line)
    {
        yield return line.PerSeconds == 60
            ? AmountText.Format(line.Price, _priceDecimals)
            : string.Create(CultureInfo.InvariantCulture, $"{line.Price} per {line.PerSeconds} s");
        if (_hasFees) yield return line.ConnectFee is { } fee ? AmountText.Format(fee, _feeDecimals) : "";
        yield return line.Increments;
    }

    private static IEnumerable<string> Blank(int cells) => Enumerable.Repeat("", cells);
}
