using Classound.Charging.Calls;
using Classound.Grains.Pbxs;
using Classound.Storage;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>
/// An activation whose PBX another silo has taken over without its hearing of it: it was frozen, or is cut off from its peers.
/// The other one is played by a commit under a higher epoch.
/// </summary>
public sealed class TakenOverTests(PbxCluster cluster) : IClassFixture<PbxCluster>
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(11);

    [Fact]
    public async Task SilentActivation_ReadsItsVersion_BeforeItAnswersARepeatFromMemory()
    {
        var pbx = await cluster.NewPbx("taken-1");
        await pbx.Authorize(PbxCluster.Call("c1"));
        await TakeOver("taken-1");
        cluster.Clock.Advance(Silence);

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c1")));

        // The next activation read what is stored.
        var reads = cluster.Store.VersionReads;
        Assert.True((await pbx.Authorize(PbxCluster.Call("c1"))).Repeated);
        Assert.Equal(reads, cluster.Store.VersionReads);
    }

    [Fact]
    public async Task SilentActivation_ReadsItsVersion_BeforeItLists_AndBeforeItDenies()
    {
        var pbx = await cluster.NewPbx("taken-2");
        await TakeOver("taken-2");
        cluster.Clock.Advance(Silence);
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.ListActive("", 10));
        Assert.Empty(await pbx.ListActive("", 10));

        await TakeOver("taken-2");
        cluster.Clock.Advance(Silence);
        var unowned = PbxCluster.Call("c2") with { CallerText = "+390699", Caller = PbxCluster.Number("+390699999") };
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(unowned));
        Assert.NotNull((await pbx.Authorize(unowned)).Denial);
    }

    [Fact]
    public async Task EndOfACallThatIsUnknownHere_IsRefused_OnlyByTheOwnerOfThePbx()
    {
        var pbx = await cluster.NewPbx("taken-3");
        await TakeOver("taken-3");
        var end = new EndRequest { CallId = "of-the-other", DurationMs = 1000 };

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.End(end));

        Assert.Equal(DenialReason.UnknownCall, (await pbx.End(end)).Denial?.Reason);
    }

    [Fact]
    public async Task ActivationThatCommits_NeverReadsItsVersion()
    {
        var pbx = await cluster.NewPbx("busy");
        var reads = cluster.Store.VersionReads;
        for (var n = 0; n < 20; n++)
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(4));
            await pbx.Authorize(PbxCluster.Call($"c{n}"));
            await pbx.Authorize(PbxCluster.Call($"c{n}"));
            await pbx.End(new EndRequest { CallId = $"c{n}", DurationMs = 1000 });
        }

        Assert.Equal(reads, cluster.Store.VersionReads);
    }

    [Fact]
    public async Task VersionThatIsStillOurs_LetsTheAnswerOut_AndCountsAsAWord()
    {
        var pbx = await cluster.NewPbx("quiet");
        await pbx.Authorize(PbxCluster.Call("c1"));
        cluster.Clock.Advance(Silence);
        var reads = cluster.Store.VersionReads;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => pbx.ListActive("", 10)));
        await pbx.ListActive("", 10);

        Assert.Equal(reads + 1, cluster.Store.VersionReads);
    }

    [Fact]
    public async Task ReadExecutedBeforeTheTakeOver_DoesNotSpeakForAnEndThatCameAfterIt()
    {
        var pbx = await cluster.NewPbx("taken-4");
        var reply = new TaskCompletionSource();
        var (executed, late) = (new TaskCompletionSource(), true);
        cluster.Store.AfterVersion = async id =>
        {
            if (id != "taken-4" || !late) return;
            late = false;
            executed.SetResult();
            await reply.Task;
        };
        cluster.Clock.Advance(Silence);
        var list = pbx.ListActive("", 10);
        await executed.Task;
        await TakeOver("taken-4");

        await UnknownEndAfter(pbx, "taken-4", reply);

        Assert.Empty(await list);
    }

    [Fact]
    public async Task CommitExecutedBeforeTheTakeOver_DoesNotSpeakForAnEndThatCameAfterIt()
    {
        var pbx = await cluster.NewPbx("taken-5");
        var (reply, executed) = (new TaskCompletionSource(), new TaskCompletionSource());
        var target = cluster.Store.Commits + 1;
        cluster.Store.AfterCommit = async (number, _) =>
        {
            if (number != target) return;
            executed.SetResult();
            await reply.Task;
        };
        var authorised = pbx.Authorize(PbxCluster.Call("c1"));
        await executed.Task;
        await TakeOver("taken-5");

        await UnknownEndAfter(pbx, "taken-5", reply);

        Assert.NotNull((await authorised).Grant);
    }

    /// <summary>The end is asked while a reply is on its way, and must not be refused because of it.</summary>
    private async Task UnknownEndAfter(IPbxGrain pbx, string id, TaskCompletionSource reply)
    {
        var searches = Searches();
        var end = pbx.End(new EndRequest { CallId = "of-the-other", DurationMs = 1000 });
        while (Searches() == searches) await Task.Yield();
        // Turns of the grain, in which the end comes to its question.
        for (var turn = 0; turn < 20; turn++) await pbx.Quote(PbxCluster.Call(""), 60);
        reply.SetResult();
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => end);

        int Searches() => cluster.Store.Reads.Count(read => read == "settled of " + id);
    }

    private async Task TakeOver(string pbxId)
    {
        var stored = await cluster.Store.LoadVersionAsync(pbxId, CancellationToken.None);
        var next = new LedgerVersion(stored!.Value.Epoch + 1, "other", 0);
        var result = await cluster.Store.CommitAsync(new LedgerCommit { PbxId = pbxId, Expected = stored, Next = next }, CancellationToken.None);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
    }
}
