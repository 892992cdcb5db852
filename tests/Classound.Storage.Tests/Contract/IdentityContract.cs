using System.Globalization;
using static Classound.Storage.Tests.Contract.TestWriter;

namespace Classound.Storage.Tests.Contract;

public abstract class IdentityContract(StoreHarness harness) : StoreContract(harness)
{
    public static TheoryData<string> OddIds => new()
    {
        "{p001}:settled:{x}",
        "a:b/c;tag=1{2}[3]*?",
        "nul\0inside",
        "\r\n\t ",
        "ümläut-Ω-電話-📞",
        "İstanbul-ı",
        "'; DROP TABLE pbx; --",
        new string('x', 128),
        "0",
    };

    [SkippableTheory]
    [MemberData(nameof(OddIds))]
    public async Task Odd_call_id_IsOpaqueEverywhere(string callId)
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c =>
        {
            c.Changes.Add(new(0, "call/" + callId, Bytes("live")));
            c.Leases.Add(new(callId, Time.GetUtcNow()));
            c.RatedCalls.Add(new(callId, 202611, 202611, Bytes("rated")));
        });
        await store.AppendCallLogAsync([new("pbx-1", callId, Time.GetUtcNow(), Bytes("denied"))], None);

        var partition = PbxPartition.Of("pbx-1", store.PartitionCount);
        var refused = await writer.SendAsync(store, writer.Prepare(c => c.NotSettled.Add(new(callId, 202611, 202611))));

        Assert.Equal("call/" + callId, Assert.Single((await store.LoadAsync("pbx-1", None)).Fields).Key);
        Assert.Equal(callId, Assert.Single(await store.ListDueLeasesAsync(partition, Time.GetUtcNow(), 10, None)).CallId);
        Assert.Equal(callId, (await store.FindSettledAsync("pbx-1", callId, [202611], None))!.CallId);
        Assert.Equal(callId, Assert.Single(await store.ListRatedCallsAsync("pbx-1", 202611, 0, 10, None)).CallId);
        Assert.Equal(callId, (await store.FindCallLogAsync("pbx-1", callId, None))!.CallId);
        Assert.Equal([callId], refused.SettledCallIds);
    }

    [SkippableFact]
    public async Task Ids_that_differ_in_case_or_normalisation_AreDifferentCalls()
    {
        var store = await OpenAsync();
        string[] ids = ["Call", "call", "caf\u00e9", "cafe\u0301", "a", "a\0", "1", "01"];

        await new TestWriter("pbx-1").CommitAsync(store, c => c.RatedCalls.AddRange(
            ids.Select(i => new RatedCallEntry(i, 202611, 202611, Bytes(i)))));

        foreach (var id in ids)
            Assert.Equal(id, Text((await store.FindSettledAsync("pbx-1", id, [202611], None))!.Data));
    }

    [SkippableTheory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public async Task Machine_culture_ChangesNothing(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var store = await OpenAsync();
        var writer = new TestWriter("PBX.I-1");
        var end = new DateTimeOffset(2026, 11, 22, 12, 0, 0, 500, TimeSpan.FromHours(1));

        for (var i = 0; i < 12; i++)
        {
            await writer.CommitAsync(store, c =>
            {
                c.Leases.Add(new($"call-{i}", end));
                c.RatedCalls.Add(new($"call-{i}", 202611, 202611, Bytes($"{i}")));
            });
        }

        await writer.LoadAsync(store);
        Assert.Equal(new LedgerVersion(1, "n1", 11), writer.Stored);
        var partition = PbxPartition.Of("PBX.I-1", store.PartitionCount);
        Assert.Equal(12, (await store.ListDueLeasesAsync(partition, end, 100, None)).Count(l => l.EndsAt == end));
        Assert.Equal(11, (await store.ListRatedCallsAsync("PBX.I-1", 202611, 1, 100, None)).Count);
    }

    [SkippableFact]
    public async Task Input_out_of_range_IsRefusedByNameBeforeAnythingIsSent()
    {
        var store = await OpenAsync();
        LedgerCommit Commit(string pbx = "p", LedgerVersion? next = null) => new() { PbxId = pbx, Next = next ?? new(1, "n", 0) };
        async Task Refused(LedgerCommit commit) =>
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.CommitAsync(commit, None));

        await Refused(Commit(pbx: "has space"));
        await Refused(Commit(pbx: new string('p', 65)));
        await Refused(Commit(next: new(0, "n", 0)));
        await Refused(Commit(next: new(1, "a:b", 0)));
        await Refused(new() { PbxId = "p", Expected = new(1, "n", 0), Next = new(1, "n", 0) });
        await Refused(new() { PbxId = "p", Next = new(1, "n", 0), Changes = { new(0, "", []) } });
        await Refused(new() { PbxId = "p", Next = new(1, "n", 0), Changes = { new(202613, "f", []) } });
        await Refused(new() { PbxId = "p", Next = new(1, "n", 0), RatedCalls = { new(new string('é', 65), 202611, 202611, []) } });
        await Refused(new() { PbxId = "p", Next = new(1, "n", 0), NotSettled = { new("half \ud83d", 202611, 202611) } });
        await Refused(new() { PbxId = "p", Next = new(1, "n", 0), Leases = { new("", null) } });
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.ListRatedCallsAsync("p", 202611, 0, StoreLimits.MaxPage + 1, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.ListDueLeasesAsync(256, Time.GetUtcNow(), 1, None));
        Assert.Null((await store.LoadAsync("p", None)).Version);
    }
}
