using Classound.Api.Tests.Hosting;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

/// <summary>Calls whose end is not reported, over the wire: closed by the sweep or by their edge's list, listed, corrected.</summary>
public sealed class UnconfirmedCallTests(ApiHost host) : IClassFixture<ApiHost>
{
    private readonly Operator _operator = host.Operator;

    private CallService.CallServiceClient Calls => _operator.Calls;

    private Timestamp Now => host.Clock.GetUtcNow().ToTimestamp();

    [Fact]
    public async Task SweptCall_IsUnconfirmed_UntilItsLateEndCorrectsIt()
    {
        var pbx = await _operator.NewPbx("swept");
        await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1", Operator.France));
        await Calls.ExtendCallAsync(new ExtendCallRequest { PbxId = pbx, CallId = "c1", RequestNumber = 1, UsedSeconds = 300 });
        host.Clock.Advance(TimeSpan.FromSeconds(1300));
        await host.SweepAsync();

        var closed = (await Calls.GetCallAsync(new GetCallRequest { PbxId = pbx, CallId = "c1" })).Call;
        Assert.Equal((CallState.Settled, 300, 300_000_000L), (closed.State, closed.ConfirmedSeconds, closed.Settlement.Charges[0].AmountNanos));
        Assert.Equal([RatedCallFlag.Unconfirmed, RatedCallFlag.AnswerAssumed], closed.Settlement.Flags);
        var month = closed.Settlement.BillingMonth;
        Assert.Equal([closed.Settlement], (await Unconfirmed(pbx, month)).Calls);

        var end = new EndCallRequest { PbxId = pbx, CallId = "c1", DurationMs = 200_000, EndTime = Now };
        var corrected = await Calls.EndCallAsync(end);
        Assert.Equal((false, false, 200), (corrected.Repeated, corrected.Conflict, corrected.Settlement.CallSeconds));
        Assert.Contains(RatedCallFlag.Corrected, corrected.Settlement.Flags);
        Assert.Empty((await Unconfirmed(pbx, month)).Calls);
        var listed = (await _operator.Billing.ListRatedCallsAsync(new ListRatedCallsRequest { PbxId = pbx, BillingMonth = month })).Calls;
        Assert.Equal([(300, ""), (-100, $"{month}/c1")], listed.Select(call => (call.CallSeconds, call.Corrects)));
        var sum = (await _operator.Billing.GetRatedTotalsAsync(new GetRatedTotalsRequest { PbxId = pbx, BillingMonth = month })).Totals.Sum;
        Assert.Equal((1L, 200L, 200_000_000L), (sum.Calls, sum.CallSeconds, sum.ChargeNanos));

        var again = await Calls.EndCallAsync(end);
        Assert.Equal((corrected.Settlement, true, false), (again.Settlement, again.Repeated, again.Conflict));
        Assert.True((await Calls.EndCallAsync(new EndCallRequest(end) { DurationMs = 1 })).Conflict);
        var why = await Calls.ExplainCallAsync(new ExplainCallRequest { PbxId = pbx, CallId = "c1" });
        Assert.Equal(corrected.Settlement, why.Call.Settlement);
        Assert.Contains("-100 call s", why.Steps.Single(step => step.Title == "Corrected").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EdgesList_KeepsWhatItNames_AndClosesTheRestOnlyWhereAsked()
    {
        var (one, two) = (await _operator.NewPbx("sync-one"), await _operator.NewPbx("sync-two"));
        foreach (var (pbx, id) in new[] { (one, "live"), (one, "lost"), (two, "lost") })
            await Calls.AuthorizeCallAsync(new AuthorizeCallRequest(Operator.Call(pbx, id, Operator.France)) { EdgeId = "sbc-sync" });
        await Calls.AuthorizeCallAsync(new AuthorizeCallRequest(Operator.Call(one, "ended", Operator.France)) { EdgeId = "sbc-sync" });
        await Calls.EndCallAsync(new EndCallRequest { PbxId = one, CallId = "ended", DurationMs = 1_000 });
        host.Clock.Advance(TimeSpan.FromSeconds(90));
        await Calls.AuthorizeCallAsync(new AuthorizeCallRequest(Operator.Call(two, "just-now", Operator.France)) { EdgeId = "sbc-sync" });

        var request = new SyncCallsRequest
        {
            EdgeId = "sbc-sync", SnapshotTime = host.Clock.GetUtcNow().AddMinutes(5).ToTimestamp(), // its clock is ahead
            Calls =
            {
                new LiveCall { PbxId = one, CallId = "live", UsedSeconds = 25 }, new LiveCall { PbxId = one, CallId = "ended", UsedSeconds = 25 },
                new LiveCall { PbxId = "sync-nobody", CallId = "x" }, new LiveCall { PbxId = one, CallId = "never" },
            },
        };
        var reply = await Calls.SyncCallsAsync(request);
        Assert.Equal(
            [SyncedCallState.Live, SyncedCallState.Settled, SyncedCallState.Unknown, SyncedCallState.Unknown], reply.Calls.Select(call => call.State));
        Assert.Equal((600, 0), (reply.Calls[0].Grant.GrantedSeconds, reply.ClosedCalls));
        Assert.Equal([25, 0], (await Active(one)).OrderBy(call => call.CallId).Select(call => call.ConfirmedSeconds));

        // PBX two is not named in the list, and found nevertheless.
        request.CloseMissing = true;
        Assert.Equal(2, (await Calls.SyncCallsAsync(request)).ClosedCalls);
        Assert.Equal(0, (await Calls.SyncCallsAsync(request)).ClosedCalls);
        Assert.Equal(["live"], (await Active(one)).Select(call => call.CallId));
        Assert.Equal(["just-now"], (await Active(two)).Select(call => call.CallId));
        var lost = (await Calls.GetCallAsync(new GetCallRequest { PbxId = two, CallId = "lost" })).Call.Settlement;
        Assert.Contains(RatedCallFlag.Unconfirmed, lost.Flags);
        Assert.Equal(5, (await Calls.EndCallAsync(new EndCallRequest { PbxId = two, CallId = "lost", DurationMs = 5_000 })).Settlement.CallSeconds);
    }

    /// <summary>The silo's clock may be behind or the edge's ahead by a minute: what is that young is not closed for a list.</summary>
    [Fact]
    public async Task CallYoungerThanAMinuteByTheList_IsNotClosedForIt()
    {
        var pbx = await _operator.NewPbx("sync-young");
        await Calls.AuthorizeCallAsync(new AuthorizeCallRequest(Operator.Call(pbx, "young", Operator.France)) { EdgeId = "sbc-young" });
        host.Clock.Advance(TimeSpan.FromSeconds(55));
        var request = new SyncCallsRequest { EdgeId = "sbc-young", SnapshotTime = Now, CloseMissing = true };
        Assert.Equal(0, (await Calls.SyncCallsAsync(request)).ClosedCalls);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        request.SnapshotTime = Now;
        Assert.Equal(1, (await Calls.SyncCallsAsync(request)).ClosedCalls);
    }

    [Theory]
    [InlineData(nameof(ILedgerStore.CommitAsync))]
    [InlineData(nameof(ILedgerStore.ListDueLeasesAsync))]
    public async Task PbxOrPartitionThatCannotAnswer_KeepsNoOtherFromBeingTold(string broken)
    {
        var ids = new[] { "a", "b", "c" }.Select(name => $"told-{name}-{broken}").ToArray();
        foreach (var id in ids)
        {
            await _operator.NewPbx(id);
            await Calls.AuthorizeCallAsync(new AuthorizeCallRequest(Operator.Call(id, "live", Operator.France)) { EdgeId = "sbc-" + broken });
        }
        await Calls.AuthorizeCallAsync(new AuthorizeCallRequest(Operator.Call(ids[2], "lost", Operator.France)) { EdgeId = "sbc-" + broken });
        host.Clock.Advance(TimeSpan.FromSeconds(90));
        var bad = PbxPartition.Of(ids[0], 256);
        host.Store.Breaks = (method, args) => method == broken && args[0] switch
        {
            LedgerCommit commit => commit.PbxId == ids[0],
            int partition => partition == bad,
            _ => false,
        };
        var request = new SyncCallsRequest { EdgeId = "sbc-" + broken, SnapshotTime = Now, CloseMissing = true };
        request.Calls.AddRange(ids.Select(id => new LiveCall { PbxId = id, CallId = "live", UsedSeconds = 77 }));
        try
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => Calls.SyncCallsAsync(request).ResponseAsync);
            Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        }
        finally
        {
            host.Store.Breaks = (_, _) => false;
        }
        Assert.Equal([77, 77], (await Task.WhenAll(ids.Skip(1).Select(Active))).Select(calls => Assert.Single(calls).ConfirmedSeconds));
        Assert.Equal(3, (await Calls.SyncCallsAsync(request)).Calls.Count(call => call.State == SyncedCallState.Live));
    }

    [Fact]
    public async Task ExceptionsList_IsPagedInTheOrderOfClosure_AndKnowsItsPbx()
    {
        var pbx = await _operator.NewPbx("exceptions");
        foreach (var id in new[] { "b", "a", "c" }) await Calls.AuthorizeCallAsync(Operator.Call(pbx, id, Operator.France));
        host.Clock.Advance(TimeSpan.FromSeconds(700));
        await host.SweepAsync();
        var month = (await Calls.GetCallAsync(new GetCallRequest { PbxId = pbx, CallId = "a" })).Call.Settlement.BillingMonth;

        var ids = new List<string>();
        var token = "";
        do
        {
            var page = await Unconfirmed(pbx, month, token, 1);
            ids.Add(Assert.Single(page.Calls).CallId);
            // What left the list meanwhile leaves no gap.
            await Calls.EndCallAsync(new EndCallRequest { PbxId = pbx, CallId = ids[^1] });
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(["a", "b", "c"], ids);
        Assert.Empty((await Unconfirmed(pbx, month)).Calls);
        var error = await Assert.ThrowsAsync<RpcException>(() => Unconfirmed("exceptions-of-nobody", month));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private async Task<IReadOnlyList<Call>> Active(string pbx) =>
        (await Calls.ListActiveCallsAsync(new ListActiveCallsRequest { PbxId = pbx })).Calls;

    private async Task<ListUnconfirmedCallsResponse> Unconfirmed(string pbx, string month, string token = "", int size = 0) =>
        await _operator.Billing.ListUnconfirmedCallsAsync(
            new ListUnconfirmedCallsRequest { PbxId = pbx, BillingMonth = month, PageToken = token, PageSize = size });
}
