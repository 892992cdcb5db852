using System.Globalization;
using Classound.Cli.Connection;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Reports.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Classound.Cli.Tests.Commands;

/// <summary>Reports on the command line: what is asked, what is shown, and what stands in files, the same in every culture.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-report-").FullName;
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    private static GetCallStatisticsResponse Statistics => new()
    {
        CurrencyCode = "EUR", TimeZone = "Europe/Rome",
        Groups =
        {
            new CallStatistics
            {
                Key = "2026-11-14", Calls = 4, AnsweredCalls = 3, CallSeconds = 181, RatedSeconds = 240, IncludedSeconds = 180, ChargedSeconds = 60,
                ChargeNanos = 12_500_000, AnswerSeizurePerMille = 750, AverageCallSeconds = 60,
            },
            new CallStatistics { Calls = 0, CallSeconds = -100, ChargedSeconds = -100, ChargeNanos = -1_500_000_000 },
        },
        Total = new CallStatistics { Calls = 4, AnsweredCalls = 3, CallSeconds = 81, ChargeNanos = -1_487_500_000, AnswerSeizurePerMille = 750 },
    };

    private static RatedCall Call => new()
    {
        PbxId = "acme", CallId = "c1", Direction = CallDirection.Outbound, Caller = "+390612345678", Called = "+33123456789", UserId = "=1+1",
        AuthoriseTime = Timestamp.FromDateTime(new DateTime(2026, 11, 14, 8, 30, 0, DateTimeKind.Utc)), CallSeconds = -100, Area = 2,
        Destination = "France, fixed", BillingMonth = "2026-11", ReleaseCause = new ReleaseCause { Q850Cause = 16 }, Corrects = "2026-10/c1",
        Charges = { new Charge { AmountNanos = -1_500_000_000, CurrencyCode = "EUR" } }, Flags = { RatedCallFlag.Late, RatedCallFlag.Unanswered },
    };

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _culture;
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    public async Task Statistics_AreShownWithABarForEachRow(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var cli = Cli.Answering(Statistics);

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("report statistics acme 2026-11 --by day"));
        Assert.Contains("2026-11 to 2026-11, still open", cli.Out, StringComparison.Ordinal);
        Assert.Matches("2026-11-14 .* 4 .* 3 .* 75\\.0 % .* 60 s \\(0:01:00\\) .* 181 .* 180 .* 60 .* 0\\.0125 EUR .*(█|#){30}", cli.Out);
        Assert.Matches("\\(none\\) .* 0 .* - .* - .* -100 .* -1\\.50 EUR", cli.Out);
        Assert.Matches("SUM .* 4 .* -1\\.4875 EUR", cli.Out);
    }

    [Fact]
    public async Task Options_BecomeTheRequest()
    {
        var cli = Cli.Answering(Statistics);

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(
            "report statistics acme 2026-01 --until 2026-12 --by hour --direction inbound --did +390612345678 --user anna --from-day 2026-01-02 --to-day 2026-03-04"));
        Assert.Equal(
            new GetCallStatisticsRequest
            {
                PbxId = "acme", FirstBillingMonth = "2026-01", LastBillingMonth = "2026-12", GroupBy = CallDimension.HourOfDay,
                Filter = new CallFilter
                {
                    Direction = CallDirection.Inbound, Did = "+390612345678", UserId = "anna", FirstDay = "2026-01-02", LastDay = "2026-03-04",
                },
            },
            Assert.Single(cli.Requests));

        await cli.RunAsync("report statistics acme 2026-01");
        Assert.Equal(new GetCallStatisticsRequest { PbxId = "acme", FirstBillingMonth = "2026-01", GroupBy = CallDimension.Direction }, cli.Requests[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    public async Task StatisticsAsCsv_AreTheSameInEveryCulture(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var file = Path.Combine(_folder, "days.csv");
        await File.WriteAllTextAsync(file, "of yesterday");
        var cli = Cli.Answering(Statistics);

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync($"report statistics acme 2026-11 --by day --csv {file}"));
        Assert.Equal(
            """
            day,calls,answered_calls,answer_seizure_per_mille,average_call_seconds,call_seconds,rated_seconds,included_seconds,charged_seconds,charge,currency
            2026-11-14,4,3,750,60,181,240,180,60,0.0125,EUR
            ,0,0,,,-100,0,0,-100,-1.50,EUR

            """.ReplaceLineEndings("\r\n"),
            await File.ReadAllTextAsync(file));
        Assert.Equal($"2 rows written to {file}{System.Environment.NewLine}", cli.Out);
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    public async Task CallsAsCsv_FollowAllPages_AndHoldNoFormula(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var cli = new Cli(requests => ((ListCallsRequest)requests[0]).PageToken switch
        {
            "" => new ListCallsResponse { NextPageToken = "2" }, // looked at many, found none
            "2" => new ListCallsResponse { Calls = { Call }, NextPageToken = "3" },
            _ => new ListCallsResponse { Calls = { Call } },
        });

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("report calls acme 2026-11 --csv -"));
        Assert.Equal(3, cli.Requests.Count);
        var lines = cli.Out.Split("\r\n");
        Assert.Equal(
            "acme,c1,OUTBOUND,+390612345678,+33123456789,'=1+1,2026-11-14T08:30:00Z,,-100,0,0,0,2,,\"France, fixed\",,-1.50,EUR,2026-11,16,LATE UNANSWERED,2026-10/c1",
            lines[1]);
        Assert.Equal((lines[1], "", 4), (lines[2], lines[3], lines.Length));
    }

    [Fact]
    public async Task HalfAReport_GetsNoName()
    {
        var file = Path.Combine(_folder, "calls.csv");
        var cli = new Cli(requests => ((ListCallsRequest)requests[0]).PageToken.Length == 0
            ? new ListCallsResponse { Calls = { Call }, NextPageToken = "2" }
            : throw new RpcException(new Status(StatusCode.Unavailable, "away")));

        Assert.Equal(ExitCodes.Unreachable, await cli.RunAsync($"report calls acme 2026-11 --csv {file}"));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Calls_AreShownAsATable_UpToTheLimit()
    {
        var cli = new Cli(requests => new ListCallsResponse { Calls = { Call }, NextPageToken = "more" });

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("report calls acme 2026-11 --newest-first --limit 2"));
        Assert.All(cli.Requests, static request => Assert.True(((ListCallsRequest)request).NewestFirst));
        Assert.Equal([2, 1], cli.Requests.Cast<ListCallsRequest>().Select(static request => request.PageSize));
        Assert.Matches("OUTBOUND .*\\+390612345678 .*\\+33123456789 .* -100 .*France, fixed .*-1\\.50 EUR .*16 .*LATE UNANSWERED CORRECTION of 2026-10/c1", cli.Out);
    }

    [Fact]
    public async Task Denials_AreShownWithTheirReason_UpToTheLimit()
    {
        var denied = new Call
        {
            CallId = "c7", Direction = CallDirection.Outbound, Caller = "+390612345678", Called = "101",
            Denial = new CallDenial { Reason = DenialReason.CalledNotE164, Detail = "The called number is an extension." },
        };
        var cli = Cli.Answering(new ListDeniedCallsResponse { Calls = { denied }, NextPageToken = "more" });

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("report denials acme --reason called-not-e164 --limit 2"));
        Assert.Equal(
            [
                new ListDeniedCallsRequest { PbxId = "acme", Reason = DenialReason.CalledNotE164, PageSize = 2 },
                new ListDeniedCallsRequest { PbxId = "acme", Reason = DenialReason.CalledNotE164, PageSize = 1, PageToken = "more" },
            ],
            cli.Requests);
        Assert.Matches("c7 .*OUTBOUND .*101 .*CALLED_NOT_E164 .*is an extension\\.", cli.Out);
        Assert.Contains("There are more", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoCalls_IsAnEmptyTable_AndANegativeLimitIsRefused()
    {
        var cli = Cli.Answering(new ListCallsResponse());
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("report calls acme 2026-11"));
        Assert.Contains("destination", cli.Out, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("report calls acme 2026-11 --limit -1"));
        Assert.Contains("--limit -1: expected 0 or more", cli.Errors, StringComparison.Ordinal);
    }
}
