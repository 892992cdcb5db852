using Classound.Charging.Calls;
using Xunit.Abstractions;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>The sweep against EndCall, 10,000 times over a real SQLite ledger.</summary>
public sealed class SweepRaceTests(PbxCluster cluster, ITestOutputHelper output) : IClassFixture<PbxCluster>
{
    private const int Pbxs = 20;
    private const int Rounds = 20;
    private const int CallsPerPbx = 25;

    private readonly Dictionary<(string Pbx, string Call), long> _reported = [];
    private int _repeats;

    [Fact]
    public async Task SweepRacedAgainstEndCall_TenThousandTimes_OneSettlementEach()
    {
        var random = new Random(3);
        for (var pbx = 0; pbx < Pbxs; pbx++) await cluster.NewPbx($"race-{pbx}");
        for (var round = 0; round < Rounds; round++) await Race(round, random);

        var entries = new List<RatedCall>();
        for (var pbx = 0; pbx < Pbxs; pbx++)
        {
            entries.AddRange(await LedgerCheck.Balances(cluster, $"race-{pbx}"));
            Assert.Empty(await cluster.Pbx($"race-{pbx}").ListActive("", 10));
        }
        var calls = entries.GroupBy(entry => (entry.PbxId, entry.CallId)).ToList();
        Assert.Equal((10_000, 10_000), (_reported.Count, calls.Count));
        foreach (var call in calls) Assert.Equal(_reported[call.Key], call.Sum(entry => entry.DurationMs));
        for (var partition = 0; partition < cluster.Store.PartitionCount; partition++)
            Assert.Empty(await cluster.Store.ListDueLeasesAsync(partition, cluster.Clock.GetUtcNow().AddDays(1), 10, default));

        var corrected = entries.Count(entry => entry.Corrects is not null);
        Assert.True(corrected is > 100 and < 9_900, $"the sweep won {corrected} races of 10000: that is none");
        output.WriteLine($"sweep raced against EndCall {calls.Count} times: {calls.Count} settlements, of which {corrected} by the sweep and "
            + $"corrected once, {calls.Count - corrected} by EndCall; {_repeats} repeats answered alike; sum(rated calls) = totals for {Pbxs} PBXs");
    }

    private async Task Race(int round, Random random)
    {
        var calls = Enumerable.Range(0, Pbxs * CallsPerPbx).Select(call => (Pbx: $"race-{call % Pbxs}", Id: $"r{round}-c{call}")).ToArray();
        foreach (var some in calls.Chunk(100))
            await Task.WhenAll(some.Select(call => cluster.Pbx(call.Pbx).Authorize(PbxCluster.Call(call.Id, "+33123456789"))));
        cluster.Clock.Advance(TimeSpan.FromSeconds(700));

        random.Shuffle(calls);
        var ends = calls.Select(call => (call.Pbx, End: new EndRequest { CallId = call.Id, DurationMs = random.Next(1, 600) * 1000 })).ToArray();
        foreach (var (pbx, end) in ends) _reported[(pbx, end.CallId)] = end.DurationMs;
        // Two sweeps that overlap, between ends that come before, during and after them; each tenth comes twice.
        var answers = ends.Take(100).Select(end => cluster.Pbx(end.Pbx).End(end.End)).ToList();
        var sweeps = new[] { cluster.Sweep().SweepAsync(default), cluster.Sweep().SweepAsync(default) };
        foreach (var slice in ends.Skip(100).Chunk(20))
        {
            answers.AddRange(slice.Select(end => cluster.Pbx(end.Pbx).End(end.End)));
            answers.AddRange(slice.Take(2).Select(end => cluster.Pbx(end.Pbx).End(end.End)));
            await answers[^1];
        }
        await Task.WhenAll(sweeps);
        var replies = await Task.WhenAll(answers);
        Assert.All(replies, reply => Assert.False(reply.Conflict));
        Assert.All(replies, reply => Assert.False(reply.Settlement!.IsUnconfirmed));
        _repeats += replies.Count(reply => reply.Repeated);
    }
}
