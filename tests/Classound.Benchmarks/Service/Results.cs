using System.Globalization;
using Classound.Benchmarks.Load;

namespace Classound.Benchmarks.Service;

/// <summary>A row of the table of goals.</summary>
internal sealed record RowResult(Row Row, double Value, IReadOnlyList<double> Samples)
{
    public bool Met => Row.Reaches(Value, Row.Must);

    public bool AimMet => Row.Reaches(Value, Row.Aim);

    public string Line() =>
        $"| {Row.Text} | {Text(Value)} | {Text(Samples.Min())} to {Text(Samples.Max())} | {Text(Row.Must)} | {Text(Row.Aim)} | {Verdict} |";

    private string Verdict => Row.Must is null ? "" : AimMet ? "aim met" : Met ? "met" : "**not met**";

    private static string Text(double? value) => value?.ToString(value < 100 ? "0.00" : "#,0", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>A contender's windows, as medians.</summary>
/// <param name="MicrosPerRequest">CPU by process.</param>
internal sealed record ContenderResult(
    string Name, double Rate, double Lowest, double Highest, IReadOnlyDictionary<string, double> MicrosPerRequest, double StoreBytes, double IdleShare, long Repeats)
{
    public static ContenderResult Of(string name, IReadOnlyList<Window> windows) => new(
        name, Median.Of(windows.Select(window => window.Rate)), windows.Min(window => window.Rate), windows.Max(window => window.Rate),
        Cost.Micros(windows),
        Median.Of(windows.Select(window => (double)window.StoreBytes / window.Done)), Median.Of(windows.Select(window => window.IdleShare)),
        windows.Sum(window => window.Repeats));

    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Rate:#,0} | {Lowest:#,0} to {Highest:#,0} | {Cost.Text(MicrosPerRequest)} | {StoreBytes:F0} | {IdleShare:P0} | {Repeats} |");
}

/// <summary>CPU of a request by process, in microseconds.</summary>
internal static class Cost
{
    public static IReadOnlyDictionary<string, double> Micros(IReadOnlyList<Window> windows) =>
        windows[0].Cpu.Keys.Where(process => process != Meters.Idle).ToDictionary(
            process => process, process => Median.Of(windows.Select(window => window.Cpu[process] / window.Done * 1e6)));

    public static string Text(IReadOnlyDictionary<string, double> micros) =>
        string.Join(", ", micros.Select(process => string.Create(CultureInfo.InvariantCulture, $"{process.Key} {process.Value:F0}")));
}

/// <summary>Response times of a contender at a fixed rate, as medians of its windows.</summary>
internal sealed record LatencyResult(
    string Name, double Rate, double P50, double P99, double P999, double Longest, IReadOnlyDictionary<string, double> MicrosPerRequest, double IdleShare)
{
    public static LatencyResult Of(string name, IReadOnlyList<Latencies> windows) => new(
        name, windows[0].Rate, Median.Of(windows.Select(window => window.P50)), Median.Of(windows.Select(window => window.P99)),
        Median.Of(windows.Select(window => window.P999)), windows.Max(window => window.Longest),
        Cost.Micros([.. windows.Select(window => window.Cpu)]), Median.Of(windows.Select(window => window.Cpu.IdleShare)));

    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Rate:#,0} | {P50:0.00} | {P99:0.00} | {P999:0.00} | {Longest:0.0} | {Cost.Text(MicrosPerRequest)} | {IdleShare:P0} |");
}
