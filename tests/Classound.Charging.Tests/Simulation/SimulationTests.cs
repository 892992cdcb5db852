using System.Globalization;
using Xunit.Abstractions;

namespace Classound.Charging.Tests.Simulation;

/// <summary>Random traffic against an independent auditor. To replay a failure, put its seed into <see cref="FoundSeeds"/>: it stays there.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
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
        var played = Enumerable.Range(first, 20).Select(Play).ToList();
        var (settled, closed, corrected) = (played.Sum(one => one.Settled), played.Sum(one => one.Closed), played.Sum(one => one.Corrected));
        Assert.True(settled > 1000 && closed > 200 && corrected > 100, $"{settled} settled, {closed} closed, {corrected} corrected: the traffic tests nothing");
        output.WriteLine($"seeds {first} to {first + 19}: {settled} calls settled, {closed} of them closed without an end, {corrected} corrected by a late one");
    }

    private static (int Settled, int Closed, int Corrected) Play(int seed)
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
        return (traffic.Settled.Count, traffic.Entries.Count(entry => entry.IsUnconfirmed), traffic.Entries.Count(entry => entry.Corrects is not null));
    }
}
