using Classound.Cli.Connection;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;

namespace Classound.Cli.Tests.Commands;

/// <summary>Calls whose end was not reported, on the command line.</summary>
public sealed class UnconfirmedCallCommandTests
{
    [Fact]
    public async Task UnconfirmedCalls_AreReadToTheLastPage()
    {
        var pages = new Queue<ListUnconfirmedCallsResponse>([
            new() { Calls = { new RatedCall { CallId = "lost-1", CallSeconds = 300, Flags = { RatedCallFlag.Unconfirmed } } }, NextPageToken = "more" },
            new() { Calls = { new RatedCall { CallId = "lost-2" } } },
        ]);
        var cli = new Cli(_ => pages.Dequeue());

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("unconfirmed-calls acme 2026-11"));
        Assert.Contains("lost-1", cli.Out, StringComparison.Ordinal);
        Assert.Contains("UNCONFIRMED", cli.Out, StringComparison.Ordinal);
        Assert.Contains("lost-2", cli.Out, StringComparison.Ordinal);
        Assert.Equal(["", "more"], cli.Requests.Cast<ListUnconfirmedCallsRequest>().Select(request => request.PageToken));
    }

    [Fact]
    public async Task Correction_SaysInTheListWhatItCorrects()
    {
        var cli = Cli.Answering(new ListRatedCallsResponse
        {
            Calls = { new RatedCall { CallId = "c1", CallSeconds = -100, Corrects = "2026-10/c1", Flags = { RatedCallFlag.Late } } },
        });

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("rated-calls acme 2026-11"));
        Assert.Contains("LATE CORRECTION of 2026-10/c1", cli.Out, StringComparison.Ordinal);
        Assert.Contains("-100", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_SendsTheEdgesCalls_AndShowsHowTheyStand()
    {
        var cli = Cli.Answering(new SyncCallsResponse
        {
            Calls =
            {
                new SyncedCall { PbxId = "acme", CallId = "a/b=c", State = SyncedCallState.Live, Grant = new CallGrant { GrantedSeconds = 600 } },
                new SyncedCall { PbxId = "acme", CallId = "gone", State = SyncedCallState.Unknown },
            },
            ClosedCalls = 3,
        });

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("call sync sbc-1 --live acme/a/b=c=61 --live acme/gone=0 --close-missing"));
        var request = Assert.IsType<SyncCallsRequest>(Assert.Single(cli.Requests));
        Assert.Equal(("sbc-1", true), (request.EdgeId, request.CloseMissing));
        Assert.NotNull(request.SnapshotTime);
        Assert.Equal([("acme", "a/b=c", 61), ("acme", "gone", 0)], request.Calls.Select(call => (call.PbxId, call.CallId, call.UsedSeconds)));
        Assert.Contains("LIVE", cli.Out, StringComparison.Ordinal);
        Assert.Contains("3 calls", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("acme/c1")]
    [InlineData("acme/=3")]
    [InlineData("/c1=3")]
    [InlineData("acme/c1=-3")]
    public async Task SyncOfWhatIsNoCall_IsRefusedBeforeAnythingIsSent(string live)
    {
        var cli = Cli.Answering(new SyncCallsResponse());
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("call sync sbc-1 --live " + live));
        Assert.Contains(live, cli.Errors, StringComparison.Ordinal);
        Assert.Empty(cli.Requests);
    }
}
