using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Classound.Benchmarks.Micro;

/// <summary>What one path came to.</summary>
/// <param name="Nanoseconds">Mean.</param>
/// <param name="Error">Standard error of the mean, in nanoseconds.</param>
/// <param name="Bytes">Allocated.</param>
/// <param name="ExpectedBytes">Null = allocations.csv does not know the path.</param>
/// <param name="Goal">What has to be reached, and whether it is; empty where nothing is asked.</param>
internal sealed record MicroResult(string Path, double Nanoseconds, double Error, long Bytes, long? ExpectedBytes, string Goal)
{
    private const double NanosecondsPerSecond = 1e9;

    public static MicroResult Of(BenchmarkReport report, IReadOnlyDictionary<string, long> expected)
    {
        var path = (string)report.BenchmarkCase.Parameters[nameof(MicroBenchmarks.Path)];
        if (report.ResultStatistics is not { } time) throw new InvalidOperationException($"{path} was not measured; --verbose shows why");
        var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        return new MicroResult(path, time.Mean, time.StandardError, bytes, expected.TryGetValue(path, out var known) ? known : null, GoalOf(path, time.Mean, bytes));
    }

    public string Line() => string.Create(
        CultureInfo.InvariantCulture, $"| {Path} | {Nanoseconds:0.0} | {Error:0.0} | {NanosecondsPerSecond / Nanoseconds:#,0} | {Bytes} | {ExpectedBytes} | {Goal} |");

    private static string GoalOf(string path, double nanoseconds, long bytes) =>
        path.StartsWith("prefix lookup, 1,000,000", StringComparison.Ordinal)
            ? $"must 150 ns, 0 B: {Word(nanoseconds <= 150 && bytes == 0)}; aim 60 ns: {Word(nanoseconds <= 60 && bytes == 0)}"
        : path.StartsWith("rating a call", StringComparison.Ordinal)
            ? $"must 1,000,000/s: {Word(nanoseconds <= 1_000)}; aim 3,000,000/s: {Word(nanoseconds <= 1_000.0 / 3)}"
        : "";

    private static string Word(bool met) => met ? "met" : "**not met**";
}
