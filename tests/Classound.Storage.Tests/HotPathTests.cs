using Classound.Benchmarks.Micro;

namespace Classound.Storage.Tests;

/// <summary>
/// What a call passes allocates what tests/Classound.Benchmarks/allocations.csv says: more is a step back that somebody has to want,
/// less is to be written down, so that it stays.
/// </summary>
public sealed class HotPathTests
{
    private const int Times = 2_000;
    private const int Most = 100_000; // a million takes seconds to make, and allocates as little
    private const double Tolerance = 0.02;

    private static readonly IReadOnlyList<HotPath> Paths = [.. HotPaths.All(Most, seed: 1)];

    public static TheoryData<string> Names => [.. Paths.Select(path => path.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Path_AllocatesTheBytesWrittenDown(string name)
    {
        var expected = Allocations.Expected()[name];
        var allocated = Paths.Single(path => path.Name == name).Allocated(Times);
        Assert.InRange(allocated, expected * (1 - Tolerance), expected * (1 + Tolerance));
    }

    [Fact]
    public void EveryLineWrittenDown_IsMeasured() =>
        Assert.Empty(Allocations.Expected().Keys.Except(HotPaths.All(most: 1_000_000, seed: 1).Select(path => path.Name)));
}
