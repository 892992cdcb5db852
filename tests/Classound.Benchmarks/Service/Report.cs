using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Classound.Benchmarks.Load;

namespace Classound.Benchmarks.Service;

/// <summary>What was measured, for people, for a README, and as JSON.</summary>
internal sealed class Report(string machine, ServiceOptions options)
{
    // A window in which nothing was answered has ratios that are no numbers.
    private static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, WriteIndented = true,
    };

    private readonly List<RowResult> _rows = [];
    private readonly List<ContenderResult> _contenders = [];
    private readonly List<LatencyResult> _latencies = [];

    public void Add(Row row, IReadOnlyList<double> samples) => _rows.Add(new RowResult(row, Median.Of(samples), samples));

    public void Add(string name, IReadOnlyList<Window> windows) => _contenders.Add(ContenderResult.Of(name, windows));

    public void Add(string name, IReadOnlyList<Latencies> windows) => _latencies.Add(LatencyResult.Of(name, windows));

    public string Markdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{machine}. Medians of {options.Windows} windows of {options.Window.TotalSeconds:F0} s.\n");
        if (_rows.Count > 0) text.Append("\n| figure | measured | range | must | aim | |\n|---|---|---|---|---|---|\n");
        foreach (var result in _rows) text.Append(result.Line()).Append('\n');
        if (_contenders.Count > 0)
        {
            text.Append("\n| contender | per second | range | µs of CPU per request | bytes to Redis | idle | UNAVAILABLE |\n|---|---|---|---|---|---|---|\n");
            foreach (var result in _contenders) text.Append(result.Line()).Append('\n');
        }

        if (_latencies.Count > 0) text.Append("\n| open loop | at, per second | p50 ms | p99 ms | p99.9 ms | longest ms | µs of CPU per request | idle |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var result in _latencies) text.Append(result.Line()).Append('\n');
        return text.ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            machine,
            options.Windows,
            windowSeconds = options.Window.TotalSeconds,
            options.Seed,
            rows = _rows.Select(result => new { result.Row.Name, result.Row.Text, result.Value, result.Row.Must, result.Row.Aim, result.Met, result.AimMet, result.Samples }),
            contenders = _contenders,
            latencies = _latencies,
        },
        Style);

    /// <summary>Prints the tables, and writes them where they were asked for.</summary>
    public void Publish()
    {
        var markdown = Markdown();
        Console.WriteLine(markdown);
        if (options.Markdown is { } file) File.WriteAllText(file, markdown);
        if (options.Json is { } json) File.WriteAllText(json, Json());
    }
}
