using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Classound.Benchmarks.Service;

namespace Classound.Benchmarks.Micro;

/// <summary>Nanoseconds and bytes of each hot path, and whether the bytes are those that allocations.csv expects.</summary>
internal static class MicroCommand
{
    public static void Run(MicroOptions options)
    {
        MicroBenchmarks.Paths = [.. HotPaths.All(options.MostPrefixes, options.Seed)];
        // In this process: nothing has to be generated and built, and the paths' data are made once.
        var job = (options.Quick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(options.Verbose ? ConsoleLogger.Default : NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "classound-micro"));
        Progress.Say($"{MicroBenchmarks.Paths.Count} paths, some seconds each");
        var summary = BenchmarkRunner.Run<MicroBenchmarks>(config);
        var expected = Allocations.Expected();
        var results = summary.Reports.Select(report => MicroResult.Of(report, expected)).ToList();
        if (results.Count == 0) throw new InvalidOperationException("BenchmarkDotNet ran nothing; --verbose shows why");

        var markdown = Markdown(results);
        Console.WriteLine(markdown);
        if (options.Markdown is { } file) File.WriteAllText(file, markdown);
        if (options.Json is { } json) File.WriteAllText(json, JsonSerializer.Serialize(new { machine = Machine.Text(), results }, JsonSerializerOptions.Web));
    }

    private static string Markdown(IEnumerable<MicroResult> results)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Machine.Text()}, BenchmarkDotNet\n\n| path | ns | ± | per second and core | bytes | expected | |\n|---|---|---|---|---|---|---|\n");
        foreach (var result in results) text.Append(result.Line()).Append('\n');
        return text.ToString();
    }
}
