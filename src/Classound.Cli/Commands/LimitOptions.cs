using System.CommandLine;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary>The options for a PBX's limits, shared by creating and changing one.</summary>
internal sealed class LimitOptions
{
    private readonly Option<int?> _concurrent = Count("--max-concurrent-calls", "Active calls at once");
    private readonly Option<int?> _attempts = Count("--max-attempts-per-second", "New call ids per second");
    private readonly Option<long?> _dayCap = Declare.Amount("--day-cap", "What may be spent per local day, in currency units");
    private readonly Option<long?> _monthCap = Declare.Amount("--month-cap", "What may be spent per local month, without the flat fee");
    private readonly Option<long?> _price = Declare.Amount(
        "--max-price-per-minute", "Dearer destinations are refused; an equal price passes");
    private readonly Option<int?> _seconds = Count("--max-call-seconds", "Longest call, 1 to 14400");
    private readonly Option<bool?> _highCost = new("--bar-high-cost")
    {
        Description = "Bar destinations that the price list marks as high-cost", HelpName = "true|false",
    };
    private readonly Option<int[]> _allowedAreas = Areas("--allow-area", "Allow this area and no other that is not given; may be repeated");
    private readonly Option<int[]> _barredAreas = Areas("--bar-area", "Area 1 to 6 to bar; may be repeated");
    private readonly Option<string[]> _allowedCountries = Declare.Many(
        "--allow-country", "Allow this country and no other that is not given; may be repeated", "country");
    private readonly Option<string[]> _barredCountries = Declare.Many(
        "--bar-country", "Country to bar, two letters; may be repeated", "country");
    private readonly Option<string[]> _barredPrefixes = Declare.Many("--bar-prefix", "Prefix to bar, digits; may be repeated", "prefix");
    private readonly Option<string[]> _allowedPrefixes = Declare.Many(
        "--allow-prefix", "Allow this prefix and no other that is not given; may be repeated", "prefix");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
                 {
                     _concurrent, _attempts, _dayCap, _monthCap, _price, _seconds, _highCost,
                     _allowedAreas, _barredAreas, _allowedCountries, _barredCountries, _allowedPrefixes, _barredPrefixes,
                 })
            command.Add(option);
    }

    /// <summary>The limits given, and the field paths of those that were.</summary>
    public (Limits Limits, IReadOnlyList<string> Paths) Read(ParseResult parsed)
    {
        var limits = new Limits();
        var paths = new List<string>();
        Set(parsed.GetValue(_concurrent), "max_concurrent_calls", value => limits.MaxConcurrentCalls = value);
        Set(parsed.GetValue(_attempts), "max_attempts_per_second", value => limits.MaxAttemptsPerSecond = value);
        Set(parsed.GetValue(_dayCap), "day_cap_nanos", value => limits.DayCapNanos = value);
        Set(parsed.GetValue(_monthCap), "month_cap_nanos", value => limits.MonthCapNanos = value);
        Set(parsed.GetValue(_price), "max_price_per_minute_nanos", value => limits.MaxPricePerMinuteNanos = value);
        Set(parsed.GetValue(_seconds), "max_call_seconds", value => limits.MaxCallSeconds = value);
        Set(parsed.GetValue(_highCost), "bar_high_cost", value => limits.BarHighCost = value);
        SetAll(parsed.GetValue(_allowedAreas), "allowed_areas", limits.AllowedAreas.AddRange);
        SetAll(parsed.GetValue(_allowedCountries), "allowed_countries", limits.AllowedCountries.AddRange);
        SetAll(parsed.GetValue(_barredAreas), "barred_areas", limits.BarredAreas.AddRange);
        SetAll(parsed.GetValue(_barredCountries), "barred_countries", limits.BarredCountries.AddRange);
        SetAll(parsed.GetValue(_barredPrefixes), "barred_prefixes", limits.BarredPrefixes.AddRange);
        SetAll(parsed.GetValue(_allowedPrefixes), "allowed_prefixes", limits.AllowedPrefixes.AddRange);
        return (limits, paths);

        void Set<T>(T? value, string path, Action<T> assign)
            where T : struct
        {
            if (value is not { } given)
                return;
            assign(given);
            paths.Add("limits." + path);
        }

        void SetAll<T>(T[]? values, string path, Action<IEnumerable<T>> assign)
        {
            if (values is not { Length: > 0 })
                return;
            assign(values);
            paths.Add("limits." + path);
        }
    }

    private static Option<int[]> Areas(string name, string description) => new(name) { Description = description, HelpName = "area" };

    private static Option<int?> Count(string name, string description) => new(name) { Description = description, HelpName = "n" };
}
