using System.Globalization;

namespace Classound.Charging.Tests.Simulation;

/// <summary>Random traffic against an independent auditor. To replay a failure, put its seed into <see cref="FoundSeeds"/>: it stays there.</summary>
public sealed class SimulationTests
{
    private const int Steps = 2000;

    /// <summary>Seeds that found a fault once.</summary>
    public static TheoryData<int> FoundSeeds => [25]; // 25: an id in use with other content counted as an attempt

    public static TheoryData<int> FirstSeeds => [.. Enumerable.Range(0, 8).Select(block => block * 20)];

    [Theory]
    [MemberData(nameof(FoundSeeds))]
    public void SeedThatFoundAFault_FindsNoneNow(int seed) => Play(seed);

    [Theory]
    [MemberData(nameof(FirstSeeds))]
    public void TwentySeedsOfRandomTraffic_LeaveNoDifferenceToTheAuditor(int first)
    {
        var settled = Enumerable.Range(first, 20).Sum(Play);
        Assert.True(settled > 1000, $"only {settled} calls were settled: the traffic tests nothing");
    }

    private static int Play(int seed)
    {
        var traffic = new Traffic(seed);
        for (var step = 0; step < Steps; step++)
        {
            try
            {
                traffic.Step();
            }
            catch (Exception e)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, step {step}: {e.Message}\n{traffic.Trace}\n{(e is AuditFailure ? "" : e)}"));
            }
        }
        return traffic.Settled.Count;
    }
}
