using Classound.Cli.Connection;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Rating.V1;

namespace Classound.Cli.Tests.Commands;

public sealed class CallCommandTests
{
    [Fact]
    public async Task AuthorizeGranted_ShowsGrantAndPrice()
    {
        var cli = Cli.Answering(new AuthorizeCallResponse
        {
            Grant = new CallGrant
            {
                GrantedSeconds = 600, MaximumSeconds = 14400, Area = 1, Prefix = "39", Destination = "Italy", Country = "IT",
                PriceListType = "END_USER", PriceListVersion = 2, PricePerMinuteNanos = 12_500_000, CurrencyCode = "EUR",
                IncludedSeconds = 540, HeldNanos = 12_500_000,
                CallerIdPresentation = CallerIdPresentation.Withhold, Warnings = { CallWarning.NoG711 },
            },
        });

        Assert.Equal(0, await cli.RunAsync("call authorize acme c1 --caller +390612345678 --called +390698765432 --can-extend "
            + "--hide-caller-id --codec OPUS --codec G722"));

        var request = Assert.IsType<AuthorizeCallRequest>(Assert.Single(cli.Requests));
        Assert.Equal((CallDirection.Outbound, true, true), (request.Direction, request.CanExtend, request.HideCallerId));
        Assert.Equal(["OPUS", "G722"], request.OfferedCodecs);
        Assert.Contains("600 s (0:10:00)", cli.Out, StringComparison.Ordinal);
        Assert.Contains("0.0125 EUR", cli.Out, StringComparison.Ordinal);
        Assert.Contains("NO_G711", cli.Out, StringComparison.Ordinal);
        Assert.Contains("WITHHOLD", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuthorizeDenied_FailsWithReasonAndSubject()
    {
        var cli = Cli.Answering(new AuthorizeCallResponse
        {
            Denial = new CallDenial
            {
                Reason = DenialReason.DestinationBarred, Subject = "barred_countries: CU", Detail = "Cuba is barred.", SipStatus = 403,
                Q850Cause = 21,
            },
        });

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("call authorize acme c1 --caller +390612345678 --called +5371234567"));
        Assert.Contains("DESTINATION_BARRED", cli.Out, StringComparison.Ordinal);
        Assert.Contains("barred_countries: CU", cli.Out, StringComparison.Ordinal);
        Assert.Contains("SIP 403, Q.850 21", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extend_SendsCumulativeUsage()
    {
        var cli = Cli.Answering(new ExtendCallResponse { Grant = new CallGrant() });

        await cli.RunAsync("call extend acme c1 --request-number 2 --used-seconds 1170 --seconds 300");

        Assert.Equal(
            new ExtendCallRequest { PbxId = "acme", CallId = "c1", RequestNumber = 2, UsedSeconds = 1170, RequestedSeconds = 300 },
            cli.Requests[0]);
    }

    [Fact]
    public async Task EndThatConflicts_FailsAndSaysWhichStands()
    {
        var cli = Cli.Answering(new EndCallResponse { Settlement = new RatedCall { CallId = "c1" }, Repeated = true, Conflict = true });

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("call end acme c1 --duration-ms 61500 --q850 17 --sip-status 486"));
        Assert.Contains("the first end stands", cli.Out, StringComparison.Ordinal);
        var request = (EndCallRequest)cli.Requests[0];
        Assert.Equal((61_500L, 17, 486), (request.DurationMs, request.ReleaseCause.Q850Cause, request.ReleaseCause.SipStatus));
    }

    [Fact]
    public async Task EndOfACallNobodyAuthorised_CarriesItsDetails()
    {
        var cli = Cli.Answering(new EndCallResponse { Settlement = new RatedCall { CallId = "c1" } });

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(
            "call end acme c1 --duration-ms 61500 --caller +390212345678 --called +41441234567 --user alice"));
        Assert.Equal(
            new AuthorizeCallRequest
            {
                PbxId = "acme", CallId = "c1", Caller = "+390212345678", Called = "+41441234567", UserId = "alice",
                Direction = CallDirection.Outbound,
            },
            ((EndCallRequest)cli.Requests[0]).Details);
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("call end acme c1 --duration-ms 61500"));
        Assert.Null(((EndCallRequest)cli.Requests[1]).Details);
    }

    [Fact]
    public async Task Explain_NumbersTheStepsAndShowsTheSegments()
    {
        var cli = Cli.Answering(new ExplainCallResponse
        {
            Call = new Call
            {
                CallId = "c1", State = CallState.Settled,
                Settlement = new RatedCall { Charges = { new Charge { AmountNanos = 100, CurrencyCode = "EUR" } } },
            },
            Steps =
            {
                new ExplanationStep { Title = "Destination", Text = "prefix 39" },
                new ExplanationStep { Title = "Allowance", Text = "used up" },
            },
            Segments =
            {
                new RatedSegment { Kind = RatedSegmentKind.Included, FromSecond = 0, ToSecond = 60, Increments = 1, IncrementSeconds = 60 },
                new RatedSegment
                {
                    Kind = RatedSegmentKind.ConnectFee, FromSecond = 60, PriceNanos = 50_000_000, ExactCostNanos = "50000000",
                },
                new RatedSegment
                {
                    Kind = RatedSegmentKind.Charged, FromSecond = 60, ToSecond = 120, Increments = 1, IncrementSeconds = 60,
                    PriceNanos = 12_500_000, PerSeconds = 60, ExactCostNanos = "12500000/1", BandNumber = 2,
                },
            },
        });

        Assert.Equal(0, await cli.RunAsync("call explain acme c1"));
        Assert.Contains("1. Destination: prefix 39", cli.Out, StringComparison.Ordinal);
        Assert.Contains("2. Allowance: used up", cli.Out, StringComparison.Ordinal);
        Assert.Contains("1 x 60 s", cli.Out, StringComparison.Ordinal);
        Assert.Contains("included", cli.Out, StringComparison.Ordinal);
        Assert.Contains("connect fee", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("/1", cli.Out, StringComparison.Ordinal);
        Assert.Contains("0.0125 EUR / 60 s (band 2)", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_IsTheReplyWithLongNumbersAsStrings()
    {
        var totals = new RatedTotals { PbxId = "acme", FlatFeeNanos = 9_007_199_254_740_993 };
        var cli = Cli.Answering(new GetRatedTotalsResponse { Totals = totals });

        Assert.Equal(0, await cli.RunAsync("totals acme 2026-11 --json"));

        using var json = System.Text.Json.JsonDocument.Parse(cli.Out);
        Assert.Equal("9007199254740993", json.RootElement.GetProperty("totals").GetProperty("flatFeeNanos").GetString());
    }

    [Theory]
    [InlineData("quote +390612345678")]
    [InlineData("quote +390612345678 --pbx acme --price-list END_USER")]
    public async Task QuoteOfNothingOrOfBoth_IsAUsageError(string arguments)
    {
        var cli = Cli.Answering(new QuoteCallResponse());

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(arguments));
        Assert.Empty(cli.Requests);
    }

    [Fact]
    public async Task QuoteThatWouldBeRefused_FailsButShowsThePrice()
    {
        var cli = Cli.Answering(new QuoteCallResponse
        {
            Denial = new CallDenial { Reason = DenialReason.MonthCapReached }, Prefix = "39", ChargeNanos = 25_000_000,
            CurrencyCode = "EUR",
            Tariff = new Tariff { Steps = { new TariffStep { PriceNanos = 12_500_000, PerSeconds = 60, IncrementSeconds = 60 } } },
        });

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("quote +390612345678 --pbx acme --seconds 61"));
        Assert.Contains("MONTH_CAP_REACHED", cli.Out, StringComparison.Ordinal);
        Assert.Contains("0.025 EUR", cli.Out, StringComparison.Ordinal);
        Assert.Contains("0.0125 EUR per 60 s in steps of 60 s", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Totals_AreOneRowPerAreaAndASum()
    {
        var cli = Cli.Answering(new GetRatedTotalsResponse
        {
            Totals = new RatedTotals
            {
                PbxId = "acme", BillingMonth = "2026-11", State = BillingMonthState.Open, CurrencyCode = "EUR",
                FlatFeeNanos = 79_600_000_000, PlanCode = "FLAT", Users = 4,
                Rows =
                {
                    new RatedTotalsRow
                    {
                        Area = 1, Direction = CallDirection.Outbound, Calls = 3, CallSeconds = 181, RatedSeconds = 240,
                        IncludedSeconds = 180, ChargedSeconds = 60, ChargeNanos = 12_500_000,
                    },
                },
                Sum = new RatedTotalsRow { Calls = 3, ChargeNanos = 12_500_000 },
            },
        });

        await cli.RunAsync("totals acme 2026-11");

        Assert.Contains("79.60 EUR", cli.Out, StringComparison.Ordinal);
        Assert.Matches("OUTBOUND .*1 .* 3 .* 181 .* 240 .* 180 .* 60 .* 0\\.0125 EUR", cli.Out);
        Assert.Contains("SUM", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RatedCalls_FollowAllPages()
    {
        var cli = new Cli(static requests => ((ListRatedCallsRequest)requests[0]).PageToken switch
        {
            "" => new ListRatedCallsResponse { Calls = { new RatedCall { CallId = "c1" } }, NextPageToken = "2" },
            "2" => new ListRatedCallsResponse
            {
                Calls = { new RatedCall { CallId = "c2", Flags = { RatedCallFlag.Imported } } },
                NextPageToken = "3"
            },
            _ => new ListRatedCallsResponse(),
        });

        Assert.Equal(0, await cli.RunAsync("rated-calls acme 2026-11"));

        Assert.Equal(3, cli.Requests.Count);
        Assert.Contains("c1", cli.Out, StringComparison.Ordinal);
        Assert.Contains("IMPORTED", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RatedCalls_GoOnAfterAResumeToken_AndNameTheNextOne()
    {
        var cli = new Cli(static _ => new ListRatedCallsResponse { Calls = { new RatedCall { CallId = "c9" } }, ResumeToken = "later" });

        Assert.Equal(0, await cli.RunAsync("rated-calls acme 2026-11 --after earlier"));

        Assert.Equal("earlier", ((ListRatedCallsRequest)cli.Requests.Single()).PageToken);
        Assert.Contains("--after later", cli.Out, StringComparison.Ordinal);
    }
}
