using System.Globalization;
using Classound.Benchmarks.Load;

namespace Classound.Benchmarks.Service;

/// <summary>The suite as processes on loopback, beside the empty method and the same work in SQL.</summary>
internal static class ServiceCommand
{
    public static async Task Run(ServiceOptions options, CancellationToken cancellation)
    {
        var report = new Report(Machine.Text(), options);
        Progress.Say($"load of the machine before the start: {Machine.Load()}");
        if (options.AttachSeconds > 0)
        {
            await Attach(options);
            return;
        }

        foreach (var group in Enum.GetValues<RowGroup>())
        {
            if (group == RowGroup.InFlight) await InFlight(options, report, cancellation);
            else if (options.RowsOf(group) is { Count: > 0 } rows) await Measure(rows, options, report, cancellation);
        }

        report.Publish();
    }

    private static async Task Measure(IReadOnlyList<Row> rows, ServiceOptions options, Report report, CancellationToken cancellation)
    {
        await using var stage = new Stage(options);
        var contenders = new List<Contender>();
        foreach (var name in rows.SelectMany(row => row.Contenders).Distinct()) contenders.Add(await stage.Contender(name));
        var rounds = new Rounds(options, cancellation);
        if (rows.Any(row => row.Figure != Figure.MemoryPerPbx))
        {
            await rounds.WarmUp(contenders);
            await rounds.Run(contenders, ServiceOptions.InFlight);
        }

        foreach (var row in rows)
        {
            report.Add(row, row.Figure switch
            {
                Figure.RateRatio => rounds.Ratios(row.Measured, row.Against),
                Figure.Rate => rounds.Rates(row.Measured),
                Figure.StoreBytes => rounds.StoreBytes(row.Measured),
                Figure.LatencyRatio => await Latency(row, await stage.Contender(row.Measured), await stage.Contender(row.Against), rounds, options, report),
                _ => [stage.MemoryPerPbx],
            });
        }

        // The same contender in another group is another process, with other ones beside it.
        var beside = rows[0].Group == RowGroup.Main ? "" : $", for {rows[0].Name}";
        foreach (var (name, windows) in rounds.Windows) report.Add(name + beside, windows);
    }

    /// <summary>Both at half of the best rate that the measured one reached, in turn.</summary>
    private static async Task<double[]> Latency(Row row, Contender measured, Contender against, Rounds rounds, ServiceOptions options, Report report)
    {
        var rate = rounds.Rates(row.Measured).Max() / 2;
        var (ours, theirs) = (new List<Latencies>(), new List<Latencies>());
        for (var round = 1; round <= options.Windows; round++)
        {
            theirs.Add(await against.Open(rate, TimeSpan.FromSeconds(1), options.Window));
            ours.Add(await measured.Open(rate, TimeSpan.FromSeconds(1), options.Window));
            Progress.Say(string.Create(
                CultureInfo.InvariantCulture, $"{round} of {options.Windows}: p99 at {rate:#,0}/s: {row.Measured} {ours[^1].P99:F2} ms, {row.Against} {theirs[^1].P99:F2} ms"));
        }

        report.Add(row.Measured, ours);
        report.Add(row.Against, theirs);
        return [.. ours.Zip(theirs, (own, other) => own.P99 / other.P99)];
    }

    private static async Task InFlight(ServiceOptions options, Report report, CancellationToken cancellation)
    {
        if (!options.WantsInFlight) return;
        await using var stage = new Stage(options);
        var contenders = new List<Contender>();
        foreach (var name in new[] { "empty", "everysec", "always", "stream-everysec", "stream-always" }) contenders.Add(await stage.Contender(name));
        var rounds = new Rounds(options with { Windows = Math.Min(3, options.Windows) }, cancellation);
        await rounds.WarmUp(contenders);
        foreach (var inFlight in new[] { 1, 32 }) await rounds.Run(contenders, inFlight, string.Create(CultureInfo.InvariantCulture, $", {inFlight} in flight"));
        foreach (var (name, windows) in rounds.Windows) report.Add(name, windows);
    }

    /// <summary>Keeps one contender under load, for a profiler. Between windows of ten seconds the window's calls are ended.</summary>
    private static async Task Attach(ServiceOptions options)
    {
        var row = Row.All.First(row => options.Only.Count == 0 || options.Only.Contains(row.Name));
        await using var stage = new Stage(options);
        var contender = await stage.Contender(row.Measured);
        // At a low rate it would take minutes until all is compiled that a long-running silo has compiled.
        if (options.AttachRate > 0) await new Rounds(options, CancellationToken.None).WarmUp([contender, contender]);
        Console.WriteLine($"{contender.Name} under load for {options.AttachSeconds} s: {stage.Pids}");
        var end = DateTime.UtcNow.AddSeconds(options.AttachSeconds);
        while (DateTime.UtcNow < end)
        {
            if (options.AttachRate > 0)
            {
                var times = await contender.Open(options.AttachRate, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  p50 {times.P50:0.00} ms, p99 {times.P99:0.00}, longest {times.Longest:0.0}   {Rounds.CpuText(times.Cpu)}"));
                continue;
            }

            var window = await contender.Closed(ServiceOptions.InFlight, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {window.Rate,9:#,0}/s   {Rounds.CpuText(window)}"));
        }
    }
}
