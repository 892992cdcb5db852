using System.Globalization;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Decks;

/// <summary>Finds the headings among the first rows of a sheet, and which column is what.</summary>
internal sealed class DeckColumns(DeckOptions options)
{
    private const int Samples = 100;

    private readonly List<DeckColumn> _columns = [];
    private IReadOnlyList<string> _header = [];
    private List<TableRow> _rows = [];

    /// <summary>Index of the headings among the rows; -1 = none, then all rows are data.</summary>
    public int HeaderAt { get; private set; } = -1;

    /// <summary>How much of a deck it is; 0 = none.</summary>
    public int Score { get; private set; }

    public IReadOnlyList<DeckColumn> Columns => _columns;

    public string[] Ignored => [.. _header.Index().Where(cell => cell.Item.Length > 0 && _columns.All(column => column.Number != cell.Index + 1))
        .Select(static cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Item} (column {cell.Index + 1})"))];

    /// <summary>Cells that a row has by its headings, and by the columns that were given; 0 = there are no headings.</summary>
    public int Width => _header.Count == 0 ? 0
        : Math.Max(_header.Index().LastOrDefault(static cell => cell.Item.Length > 0).Index + 1, _columns.Max(static column => column.Number));

    /// <summary>Headings of two columns of prices that differ, where neither says that it is the new one; empty where there is no doubt.</summary>
    public string TwoPrices { get; private set; } = "";

    public bool HasCode => Has(DeckTarget.Prefix) || Has(DeckTarget.CountryCode);

    public bool Has(DeckTarget target) => _columns.Exists(column => column.Target == target);

    public void Find(List<TableRow> first)
    {
        for (var i = 0; i < first.Count; i++)
        {
            var score = ScoreOf(first[i].Cells);
            if (score > Score) (Score, HeaderAt) = (score, i);
        }

        if (HeaderAt >= 0) _header = first[HeaderAt].Cells;
        _rows = first.Skip(HeaderAt + 1).Take(Samples).ToList();
        foreach (var choice in options.Columns)
            if (IndexOf(choice) is >= 0 and var at) Add(choice.Target, at, given: true);
        foreach (var target in Enum.GetValues<DeckTarget>()) Detect(target);
        Reconsider();
        _columns.Sort(static (a, b) => (a.Target, a.Number).CompareTo((b.Target, b.Number)));
    }

    /// <summary>Choices of columns that are not there.</summary>
    public IEnumerable<DeckColumnChoice> Missing =>
        options.Columns.Where(choice => choice.Column != DeckColumnChoice.None && IndexOf(choice) < 0);

    // Two headings that mean something are a header, or one that was asked for; one alone may be a line such as "Currency: USD".
    private int ScoreOf(IReadOnlyList<string> cells)
    {
        var given = options.Columns.Where(choice => cells.Contains(choice.Column, StringComparer.OrdinalIgnoreCase)).ToList();
        var targets = cells.Select(DeckHeadings.Find).Where(static found => found is not null).Select(static found => found!.Value.Target)
            .Concat(given.Select(static choice => choice.Target)).ToHashSet();
        if (targets.Count < 2 && given.Count == 0) return 0;
        var codes = targets.Contains(DeckTarget.Prefix) || targets.Contains(DeckTarget.CountryCode);
        return targets.Count + (targets.Contains(DeckTarget.Price) ? 10 : 0) + (codes ? 10 : 0);
    }

    private int IndexOf(DeckColumnChoice choice)
    {
        for (var i = 0; i < _header.Count; i++)
            if (_header[i].Equals(choice.Column, StringComparison.OrdinalIgnoreCase)) return i;
        return int.TryParse(choice.Column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
            && (number <= _header.Count || _rows.Exists(row => row.Cells.Count >= number)) ? number - 1 : -1;
    }

    private void Detect(DeckTarget target)
    {
        if (Has(target) || options.Columns.Any(choice => choice.Target == target && choice.Column == DeckColumnChoice.None)) return;
        var candidates = _header.Select((heading, at) => (At: at, Found: DeckHeadings.Find(heading)))
            .Where(candidate => candidate.Found?.Target == target && _columns.All(column => column.Number != candidate.At + 1))
            .OrderBy(static candidate => candidate.Found!.Value.Rank).ToList();
        var plausible = candidates.Where(candidate => DeckPlausibility.Holds(target, Values(candidate.At))).ToList();
        // What would change the price if it were left out is kept: then each row says what is wrong with it.
        var taken = plausible.Count == 0 && target is (>= DeckTarget.Increments and <= DeckTarget.ValidFrom) or DeckTarget.Currency or DeckTarget.ValidUntil
            ? candidates : plausible;
        if (target == DeckTarget.Price && taken.Count > 1 && !DeckHeadings.SaysNew(_header[taken[0].At])
            && taken.Skip(1).FirstOrDefault(other => Differ(taken[0].At, other.At)) is { Found: not null } second)
            TwoPrices = $"{_header[taken[0].At]}, {_header[second.At]}";
        foreach (var (at, _) in target == DeckTarget.Change ? taken : taken.Take(1)) Add(target, at, given: false);
    }

    /// <summary>Columns whose values say that they are something else than their headings.</summary>
    private void Reconsider()
    {
        // "Country code" may also be IT or DE.
        if (!Has(DeckTarget.CountryCode) && !Has(DeckTarget.Country)
            && _header.Index().FirstOrDefault(cell => DeckHeadings.Find(cell.Item)?.Target == DeckTarget.CountryCode) is { Item: not null } named
            && DeckPlausibility.Holds(DeckTarget.Country, Values(named.Index))) Add(DeckTarget.Country, named.Index, given: false);
        if (Column(DeckTarget.CountryCode) is not { } country || Column(DeckTarget.Prefix) is not { Given: false } prefix) return;
        // A "code" beside a country code is complete only if it starts with it.
        var pairs = _rows.Select(row => (Country: Cell(row, country.Number - 1), Code: Cell(row, prefix.Number - 1)))
            .Where(static pair => pair.Country.Length > 0 && pair.Code.Length > 0).ToList();
        var complete = pairs.Count(static pair =>
            pair.Code.TrimStart('+', '^', '0').StartsWith(pair.Country.TrimStart('+', '0'), StringComparison.Ordinal));
        if (complete * 2 > pairs.Count || pairs.Count == 0)
        {
            _columns.RemoveAll(static column => !column.Given && column.Target is DeckTarget.CountryCode or DeckTarget.AreaCode);
        }
        else
        {
            _columns.Remove(prefix);
            if (!Has(DeckTarget.AreaCode)) _columns.Add(prefix with { Target = DeckTarget.AreaCode });
        }
    }

    private DeckColumn? Column(DeckTarget target) => _columns.Find(column => column.Target == target);

    private void Add(DeckTarget target, int at, bool given) => _columns.Add(new DeckColumn(
        target, at + 1, at < _header.Count ? _header[at] : "", Values(at).FirstOrDefault(static value => value.Length > 0) ?? "", given));

    private bool Differ(int one, int other) => _rows.Exists(row =>
        Cell(row, one).Length > 0 && Cell(row, other).Length > 0 && Cell(row, one) != Cell(row, other));

    private IEnumerable<string> Values(int at) => _rows.Select(row => Cell(row, at));

    private static string Cell(TableRow row, int at) => at < row.Cells.Count ? row.Cells[at] : "";
}
