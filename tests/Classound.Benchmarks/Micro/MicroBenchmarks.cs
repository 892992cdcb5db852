using BenchmarkDotNet.Attributes;

namespace Classound.Benchmarks.Micro;

/// <summary>Each hot path by BenchmarkDotNet.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class MicroBenchmarks
{
    private const int Times = 8_192;

    private Action<int> _repeat = _ => { };

    internal static IReadOnlyList<HotPath> Paths { get; set; } = [];

    /// <summary>Names: BenchmarkDotNet shows parameters by their text.</summary>
    public static IEnumerable<string> Names => Paths.Select(path => path.Name);

    [ParamsSource(nameof(Names))]
    public string Path { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _repeat = Paths.Single(path => path.Name == Path).Repeat;

    [Benchmark(OperationsPerInvoke = Times)]
    public void Run() => _repeat(Times);
}
