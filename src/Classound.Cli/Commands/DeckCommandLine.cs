using System.CommandLine;
using System.Globalization;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary>The options of an import that say how to read another operator's deck.</summary>
internal sealed class DeckCommandLine
{
    private const long MaxAreaTableBytes = 1 << 20;

    private static readonly Dictionary<string, DeckTarget> Targets = Enum.GetValues<DeckTarget>().Skip(1)
        .ToDictionary(static target => Words.Of(target).ToLowerInvariant().Replace('_', '-'), StringComparer.Ordinal);

    private readonly Option<bool> _deck = Declare.Flag(
        "--deck", "The file is another operator's rate deck; the options below say so too");

    private readonly Option<string[]> _columns = Declare.Many(
        "--column", "What a column holds, as price=\"Rate\" or price=5; may be repeated", "target=heading");

    private readonly Option<string> _decimal = Declare.Word("--decimal", "Decimal separator; detected if left out", "", ".", ",");

    private readonly Option<string> _dates = Declare.Word(
        "--date-order", "Of dates such as 03/04/2026; detected if left out", "", "dmy", "mdy", "ymd");

    private readonly Option<string> _codes = Declare.Word(
        "--codes", "Lists of codes: whole; 49151,152 short for 49152; or 49,151 for 49151. What may be either is an error if left out",
        "", "complete", "shorthand", "thousands");

    private readonly Option<string> _increments = Declare.Text(
        "--increments", "Of rows without their own; 1/1 if left out", "first/next");

    private readonly Option<FileInfo?> _areas = new("--areas") { Description = "Which country lies in which area, as CSV", HelpName = "file" };

    private readonly Option<string[]> _rules = Declare.Many(
        "--area", "One more such row, as IT=1, IT:mobile=2 or :special=6; may be repeated", "country:destination=area");

    private readonly Option<string> _sheet = Declare.Text("--sheet", "Worksheet to read, where several look like a deck", "name");

    private readonly Option<string> _strip = Declare.Text("--international-prefix", "Digits before every code, such as 00; detected if left out", "digits");

    private readonly Option<int> _defaultArea = Declare.Number("--default-area", "Area of what no row names; 0: that is an error");

    private readonly Option<int> _base = Declare.Number(
        "--base-version", "Its prices stay until a row's own later date; 0 is the version in force at the effective time");

    private readonly Option<bool> _noBase = Declare.Flag("--no-base", "Rows with a later date are not there before it");

    public DeckCommandLine(Command command)
    {
        foreach (var option in Options) command.Add(option);
    }

    private Option[] Options => [_deck, _columns, _codes, _decimal, _dates, _increments, _sheet, _strip, _areas, _rules, _defaultArea, _base, _noBase];

    /// <returns>Null where nothing says that the file is a deck.</returns>
    public async Task<DeckOptions?> ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (Options.All(option => parsed.GetResult(option) is null or { Implicit: true })) return null;
        var options = new DeckOptions
        {
            Columns = { parsed.GetValue(_columns)!.Select(ColumnOf) },
            DecimalSeparator = parsed.GetValue(_decimal) switch
            {
                "." => DecimalSeparator.Point,
                "," => DecimalSeparator.Comma,
                _ => DecimalSeparator.Unspecified,
            },
            DateOrder = parsed.GetValue(_dates) switch
            {
                "dmy" => DateOrder.DayMonthYear,
                "mdy" => DateOrder.MonthDayYear,
                "ymd" => DateOrder.YearMonthDay,
                _ => DateOrder.Unspecified,
            },
            CodeLists = parsed.GetValue(_codes) switch
            {
                "complete" => DeckCodeLists.Complete,
                "shorthand" => DeckCodeLists.Shorthand,
                "thousands" => DeckCodeLists.Thousands,
                _ => DeckCodeLists.Unspecified,
            },
            Increments = parsed.GetValue(_increments), DefaultArea = parsed.GetValue(_defaultArea),
            AreaRules = { parsed.GetValue(_rules)!.Select(RuleOf) }, Sheet = parsed.GetValue(_sheet), InternationalPrefix = parsed.GetValue(_strip),
            BaseVersion = parsed.GetValue(_base), NoBase = parsed.GetValue(_noBase),
        };
        if (parsed.GetValue(_areas) is { } file) options.AreaTable = await TableOf(file, cancellation);
        return options;
    }

    private static async Task<string> TableOf(FileInfo file, CancellationToken cancellation)
    {
        if (file is { Exists: true, Length: > MaxAreaTableBytes })
            throw new UsageException($"--areas '{file.Name}': expected at most 1 MB; this is a table of countries, not of prefixes.");
        return await File.ReadAllTextAsync(file.FullName, cancellation);
    }

    private static DeckColumn ColumnOf(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || equals == text.Length - 1 || !Targets.TryGetValue(text[..equals], out var target))
        {
            throw new UsageException(
                $"--column '{text}': expected a heading or number for one of {string.Join(", ", Targets.Keys)}, such as price=Rate or price=5.");
        }
        return new DeckColumn { Target = target, Column = text[(equals + 1)..] };
    }

    private static DeckAreaRule RuleOf(string text)
    {
        var equals = text.LastIndexOf('=');
        var (place, colon) = equals < 1 ? ("", -1) : (text[..equals], text.IndexOf(':', StringComparison.Ordinal));
        if (place.Length == 0
            || !int.TryParse(text[(equals + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var area) || area is < 1 or > 6)
        {
            throw new UsageException($"--area '{text}': expected country, destination or both, and an area, such as IT=1 or IT:mobile=2.");
        }
        return colon < 0 || colon > equals
            ? new DeckAreaRule { Country = place, Area = area }
            : new DeckAreaRule { Country = place[..colon], Destination = place[(colon + 1)..], Area = area };
    }
}
