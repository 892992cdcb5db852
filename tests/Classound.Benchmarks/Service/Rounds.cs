using System.Globalization;
using Classound.Benchmarks.Load;

namespace Classound.Benchmarks.Service;

/// <summary>Windows of several contenders in turn, so that what else the machine does meets all of them.</summary>
internal sealed class Rounds
{
    private readonly Dictionary<string, List<Window>> _windows = [];

    public IReadOnlyDictionary<string, List<Window>> Windows => _windows;

    public async Task Run(IReadOnlyList<Contender> contenders, int inFlight, ServiceOptions options)
    {
        // What compiles does so here; it takes some seconds of load until the hot methods are as fast as they get.
        foreach (var contender in contenders)
        {
            Console.Error.WriteLine($"  warm up {contender.Name}");
            await contender.Closed(inFlight, TimeSpan.Zero, TimeSpan.FromSeconds(6));
        }

        for (var round = 1; round <= options.Windows; round++)
        {
            foreach (var contender in contenders)
            {
                var window = await contender.Closed(inFlight, ServiceOptions.WarmUp, options.Window);
                Add(contender.Name, window);
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  round {round} of {options.Windows}: {contender.Name,-12} {window.Rate,9:#,0}/s   {CpuText(window)}"));
            }
        }
    }

    /// <summary>Median of the ratios of windows that followed each other.</summary>
    public double Ratio(string measured, string against) =>
        Median([.. _windows[measured].Zip(_windows[against], (ours, theirs) => ours.Rate / theirs.Rate)]);

    public double Rate(string contender) => Median([.. _windows[contender].Select(window => window.Rate)]);

    public static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }

    /// <summary>Microseconds of CPU per request, by process; idle as the share of the machine that was left.</summary>
    public static string CpuText(Window window)
    {
        var text = window.Cpu.Where(cpu => cpu.Key != "idle").Select(cpu => string.Create(CultureInfo.InvariantCulture, $"{cpu.Key} {cpu.Value / window.Done * 1e6:F0}"));
        var idle = window.Cpu["idle"] / window.Seconds / Environment.ProcessorCount;
        return string.Create(CultureInfo.InvariantCulture, $"µs of CPU per request: {string.Join(", ", text)}; machine idle {idle:P0}{(window.Repeats > 0 ? $"; {window.Repeats} REPEATS" : "")}");
    }

    private void Add(string contender, Window window)
    {
        if (!_windows.TryGetValue(contender, out var windows)) _windows[contender] = windows = [];
        windows.Add(window);
    }
}
