using Classound.Cluster.Tests.Changes;
using Classound.Cluster.Tests.Parts;
using Classound.Storage.Tests.Redis;
using Xunit.Abstractions;

namespace Classound.Cluster.Tests;

/// <summary>
/// Three silos are replaced one by one by those of a next release, whose stored values have fields more, and then by this release's
/// again, with calls up and edges that balance.
/// </summary>
/// <remarks>
/// Long tier: with CLASSOUND_PLANNED_ROUNDS it builds that release, which takes minutes. Without, no more is tried than that a next
/// release can still be made of these sources.
/// </remarks>
public sealed class MixedVersionsTests(ITestOutputHelper output)
{
    /// <summary>In the call, and in its parties.</summary>
    private const int MarksOfACall = 2;

    [SkippableFact]
    public async Task NextReleaseAndBack_LeavesEveryRequestAnsweredAndKeepsWhatTheNextOneWrote()
    {
        Skip.IfNot(RedisServer.IsInstalled, "redis-server is not on the PATH");
        using var next = new NextRelease();
        if (!PlannedChangeTests.Measured) return;
        using var journal = new Journal(output, "mixed");
        var program = await next.Publish();
        journal.Write("the next release is built");
        await using var traffic = await PlannedChangeTests.Begin(journal, started: 3);
        await using var stored = await StoredLedgers.Open(traffic.Rig.Redis.Port);
        await PlannedChangeTests.Stay(traffic, "N, N, N");
        var ofThis = new HeldCalls(traffic, "of-this");
        await ofThis.Authorise();
        await Roll(traffic, program, "N -> N+1");
        var ofNext = new HeldCalls(traffic, "of-next");
        await ofNext.Authorise();
        await ofThis.Extend(1);
        await PlannedChangeTests.Stay(traffic, "N+1, N+1, N+1");
        await ofThis.End();
        await CheckMarks(traffic, stored, ofNext, format: 2);
        await Roll(traffic, SiloNode.OwnProgram, "N+1 -> N");
        await ofNext.Extend(1);
        await CheckMarks(traffic, stored, ofNext, format: 1);
        await PlannedChangeTests.Stay(traffic, "N, N, N again");
        await ofNext.End();
        await traffic.Audit();
        Assert.Empty(traffic.Books.Breaches);
        Assert.Empty(traffic.Phases.Missed);
    }

    private static async Task Roll(SteadyTraffic traffic, string program, string phase)
    {
        foreach (var node in traffic.Rig.Nodes)
        {
            traffic.Phases.Begin($"{phase}: {node.Name} stops");
            await traffic.Stop(node);
            traffic.Phases.Begin($"{phase}: {node.Name} starts");
            node.Program = program;
            await traffic.Add(node);
        }
    }

    /// <summary>Every call still has what the next release wrote into it, and its ledger the format of who wrote last.</summary>
    private static async Task CheckMarks(SteadyTraffic traffic, StoredLedgers stored, HeldCalls calls, byte format)
    {
        var totals = 0;
        foreach (var (pbxId, callId) in calls.Ids)
        {
            var fields = await stored.Read(pbxId);
            if (!fields.TryGetValue("c:" + callId, out var call)) traffic.Books.Breach($"{pbxId} {callId} is up and not stored");
            else if (NextRelease.Marks(call) != MarksOfACall) traffic.Books.Breach($"{pbxId} {callId}: {NextRelease.Marks(call)} of {MarksOfACall} new fields are left");
            // Field 1 of the header, a varint.
            if (fields["h"][0] != 0x08 || fields["h"][1] != format) traffic.Books.Breach($"{pbxId}: the ledger is not of format {format}");
            totals += fields.Count(field => field.Key.StartsWith("t:", StringComparison.Ordinal) && NextRelease.Marks(field.Value) == 1);
        }
        if (totals == 0) traffic.Books.Breach("no totals carry the new field: nothing was proven of them");
        traffic.Rig.Journal.Report($"format {format}: {calls.Ids.Count()} calls up with {MarksOfACall} new fields each, {totals} totals with the new field");
    }
}
