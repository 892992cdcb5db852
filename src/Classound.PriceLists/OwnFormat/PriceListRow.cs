using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>
/// The row being read: one object goes over all of them. What it reads it also judges; every cell is looked at, whatever is wrong
/// with the others.
/// </summary>
internal sealed class PriceListRow(PriceListRules rules, PlacedRemarks errors)
{
    // An array: behind an interface its cells cost more than all else that is done with them.
    private string[] _cells = [];
    private SheetLayout _layout = null!;

    public Place Place { get; private set; }

    public RowKind Kind { get; private set; }

    /// <summary>Errors so far, of all rows: a row is wrong when there are more behind it than before it.</summary>
    public int ErrorCount => errors.Count;

    /// <summary>What stands there; empty where the column is missing.</summary>
    public string this[OwnColumn column]
    {
        get
        {
            var position = _layout[column];
            return (uint)position < (uint)_cells.Length ? _cells[position] : "";
        }
    }

    /// <param name="layout">Of its sheet.</param>
    /// <param name="kind">What it is about.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="cells">What it holds.</param>
    /// <param name="isText">Not of a workbook, whose cells say themselves that they are no formulas.</param>
    public void Move(SheetLayout layout, RowKind kind, Place place, IReadOnlyList<string> cells, bool isText)
    {
        (_layout, Kind, Place, _cells) = (layout, kind, place, cells as string[] ?? [.. cells]);
        if (!isText) return;
        for (var i = 0; i < _cells.Length; i++) _cells[i] = SpreadsheetText.Unguard(_cells[i]);
    }

    public void Refuse(OwnColumn column, string reason) => errors.Add(Place, column, this[column], reason);

    /// <summary>"line 7", or "line 7 of Plans".</summary>
    public string Name(Place place) => errors.Name(place);

    /// <summary>Refuses what stands in columns of other kinds: it was meant to say something, and nobody would read it.</summary>
    public void RefuseForeignCells()
    {
        foreach (var position in _layout.Foreign(Kind))
        {
            if (position < _cells.Length && _cells[position].Length > 0)
                errors.Add(Place, _layout.NameAt(position), _cells[position], $"expected empty in a row of kind {Kind.Word()}");
        }
    }

    public CallArea ReadArea()
    {
        var text = this[OwnColumn.Area];
        if (text is ['1' or '2' or '3' or '4' or '5' or '6']) return (CallArea)(text[0] - '0');
        Refuse(OwnColumn.Area, "expected 1 to 6");
        return CallArea.None;
    }

    /// <summary>A country that exists, always the same object for the same one.</summary>
    public string ReadCountry(bool optional)
    {
        var text = this[OwnColumn.Country];
        if (optional && text.Length == 0) return "";
        if (CountryCodes.TryFind(text, out var country)) return country;
        Refuse(OwnColumn.Country, optional
            ? "expected an ISO 3166-1 code such as IT, or empty where the prefix belongs to no country"
            : "expected an ISO 3166-1 code such as IT");
        return "";
    }

    /// <summary>A name for people.</summary>
    public string ReadName(OwnColumn column, int maxLength)
    {
        var text = this[column];
        if (text.Length == 0 || text.Length > maxLength) Refuse(column, Say($"expected a name of 1 to {maxLength} characters"));
        else if (!rules.AllowControlCharacters && text.AsSpan().ContainsAnyInRange('\0', '\u001f'))
            Refuse(column, "a line break or another control character is in the name; expected one line of text");
        return text;
    }

    /// <summary>An amount that must be there.</summary>
    public Amount ReadAmount(OwnColumn column, Amount limit)
    {
        if (!Amount.TryParse(this[column], out var amount) || amount < Amount.Zero)
            Refuse(column, "expected an amount of 0 or more such as 0.05, with at most 9 decimals");
        else if (amount > limit)
            Refuse(column, Say($"expected at most {limit}"));
        return amount;
    }

    public int ReadNumber(OwnColumn column, int least, int most, string unit)
    {
        if (!int.TryParse(this[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            Refuse(column, Say($"expected {unit}, {least} to {most}"));
        return number;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
