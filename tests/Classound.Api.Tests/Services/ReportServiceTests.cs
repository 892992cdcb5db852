using System.Globalization;
using Classound.Api.Reports;
using Classound.Api.Tests.Hosting;
using Classound.Api.Validation;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Reports.V1;
using Classound.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ReportService = Classound.Contracts.Reports.V1.ReportService;

namespace Classound.Api.Tests.Services;

/// <summary>Statistics and lists of calls, over the wire, against what billing is given of the same calls.</summary>
public sealed class ReportServiceTests(ApiHost host) : IClassFixture<ApiHost>
{
    private readonly Operator _operator = host.Operator;

    private ReportService.ReportServiceClient Reports => _operator.Reports;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Statistics_AreWhatASecondComputationMakesOfTheRatedCalls(int seed)
    {
        var (pbx, months, all, _) = await Live($"rep-random-{seed}", seed);
        Assert.Contains(all, call => call.Corrects.Length > 0);
        foreach (var dimension in Enum.GetValues<CallDimension>())
        {
            foreach (var (first, last) in new[] { (months[0], months[^1]), (months[0], months[0]), (months[1], months[1]) })
            {
                var reply = await Reports.GetCallStatisticsAsync(new GetCallStatisticsRequest
                {
                    PbxId = pbx, FirstBillingMonth = first, LastBillingMonth = last, GroupBy = dimension,
                });
                var of = all.Where(call => string.CompareOrdinal(call.BillingMonth, first) >= 0 && string.CompareOrdinal(call.BillingMonth, last) <= 0).ToList();
                Assert.Equal(dimension == CallDimension.Unspecified ? [] : NaiveStatistics.Groups(dimension, of, all), reply.Groups);
                Assert.Equal(NaiveStatistics.Sum("", of, all), reply.Total);
                Assert.Equal(("EUR", "Europe/Rome"), (reply.CurrencyCode, reply.TimeZone));
            }
        }
    }

    [Fact]
    public async Task Statistics_AreTheTotalsOfTheInvoice_ToTheUnit_CorrectionsIncluded()
    {
        var (pbx, months, all, _) = await Live("rep-invoice", 3);
        foreach (var month in months.Where(month => all.Exists(call => call.BillingMonth == month)))
        {
            var totals = (await _operator.Billing.GetRatedTotalsAsync(new GetRatedTotalsRequest { PbxId = pbx, BillingMonth = month })).Totals;
            var reply = await Reports.GetCallStatisticsAsync(new GetCallStatisticsRequest
            {
                PbxId = pbx, FirstBillingMonth = month, GroupBy = CallDimension.Area,
            });
            Assert.Equal(AsRow(reply.Total), totals.Sum);
            Assert.Equal(totals.State == BillingMonthState.Closed, reply.Final);
            foreach (var area in reply.Groups)
            {
                var rows = totals.Rows.Where(row => area.Key == (row.Area == 0 ? "" : row.Area.ToString(CultureInfo.InvariantCulture))).ToList();
                Assert.Equal((rows.Sum(row => row.Calls), rows.Sum(row => row.ChargeNanos)), (area.Calls, area.ChargeNanos));
            }
        }
    }

    [Fact]
    public async Task Filters_GiveTheSameCallsToListAndStatistics()
    {
        var (pbx, months, all, turn) = await Live("rep-filters", 4);
        var own = Operator.NumberOf(pbx);
        var (night, after) = (turn.AddDays(1), turn.AddDays(2));
        foreach (var (filter, fits) in new (CallFilter, Func<RatedCall, bool>)[]
        {
            (new CallFilter(), static _ => true),
            (new CallFilter { Direction = CallDirection.Inbound }, static call => call.Direction == CallDirection.Inbound),
            (new CallFilter { Direction = CallDirection.Outbound, UserId = "anna" }, static call => call is { Direction: CallDirection.Outbound, UserId: "anna" }),
            (new CallFilter { Did = own }, call => NaiveStatistics.DidOf(call) == own),
            (new CallFilter { FirstDay = Day(night), LastDay = Day(after) }, call => NaiveStatistics.DayOf(call) is var day && day >= night && day <= after),
            (new CallFilter { LastDay = Day(night) }, call => NaiveStatistics.DayOf(call) <= night),
            (new CallFilter { UserId = "nobody" }, static _ => false),
        })
        {
            var of = all.Where(fits).ToList();
            var listed = await List(new ListCallsRequest { PbxId = pbx, FirstBillingMonth = months[0], LastBillingMonth = months[^1], Filter = filter, PageSize = 7 });
            Assert.Equal(of, listed);
            var backwards = await List(new ListCallsRequest
            {
                PbxId = pbx, FirstBillingMonth = months[0], LastBillingMonth = months[^1], Filter = filter, PageSize = 7, NewestFirst = true,
            });
            Assert.Equal(Enumerable.Reverse(of), backwards);
            var reply = await Reports.GetCallStatisticsAsync(new GetCallStatisticsRequest
            {
                PbxId = pbx, FirstBillingMonth = months[0], LastBillingMonth = months[^1], Filter = filter,
            });
            Assert.Equal(NaiveStatistics.Sum("", of, all), reply.Total);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task PagesOfAnySize_GiveEveryCallOnce(int size)
    {
        var pbx = await _operator.NewPbx($"rep-pages-{size}");
        var calls = new ReportCalls(host, pbx, 5);
        await calls.PlaceOld(10);
        var request = new ListCallsRequest
        {
            PbxId = pbx, FirstBillingMonth = Day(calls.Turn)[..7], LastBillingMonth = Day(calls.Turn.AddMonths(12))[..7], PageSize = size,
        };
        Assert.Equal(10, (await List(request)).Select(call => call.CallId).Distinct().Count());
        Assert.Equal(size >= 10, (await Reports.ListCallsAsync(request)).NextPageToken.Length == 0);
    }

    [Fact]
    public async Task TokenOfAnotherList_IsRefused()
    {
        var pbx = await _operator.NewPbx("rep-token");
        var calls = new ReportCalls(host, pbx, 6);
        await calls.PlaceOld(2);
        var request = new ListCallsRequest
        {
            PbxId = pbx, FirstBillingMonth = Day(calls.Turn)[..7], LastBillingMonth = Day(calls.Turn.AddMonths(1))[..7], PageSize = 1,
        };
        request.PageToken = (await Reports.ListCallsAsync(request)).NextPageToken;
        request.PageSize = 2;
        Assert.Single((await Reports.ListCallsAsync(request)).Calls);
        request.Filter = new CallFilter { UserId = "anna" };
        var error = await Operator.Refused(Reports.ListCallsAsync(request));
        Assert.StartsWith("page_token: ", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("202611")]
    [InlineData("202611.0")]
    [InlineData("202611.-1")]
    [InlineData("202613.1")]
    [InlineData("1/")]
    [InlineData("/c")]
    [InlineData("999999999999999999/c")]
    public async Task DamagedToken_IsMalformed(string cursor)
    {
        var pbx = await _operator.NewPbx("rep-damaged");
        var calls = new ListCallsRequest { PbxId = pbx, FirstBillingMonth = "2026-11", NewestFirst = true };
        calls.PageToken = PageToken.Create(ReportRequests.ListName(calls), cursor);
        var denied = new ListDeniedCallsRequest { PbxId = pbx };
        denied.PageToken = PageToken.Create(ReportRequests.ListName(denied), cursor);
        foreach (var error in new[] { await Operator.Refused(Reports.ListCallsAsync(calls)), await Operator.Refused(Reports.ListDeniedCallsAsync(denied)) })
            Assert.StartsWith("page_token: is damaged", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MonthWithoutCalls_IsAllZero_AndAPbxThatIsNone_IsNotFound()
    {
        var pbx = await _operator.NewPbx("rep-idle");
        var empty = await Reports.GetCallStatisticsAsync(new() { PbxId = pbx, FirstBillingMonth = "2025-10", GroupBy = CallDimension.Did });
        Assert.Equal((new CallStatistics(), 0), (empty.Total, empty.Groups.Count));
        Assert.False(empty.Total.HasAnswerSeizurePerMille || empty.Total.HasAverageCallSeconds);
        Assert.Empty((await Reports.ListCallsAsync(new() { PbxId = pbx, FirstBillingMonth = "2025-10" })).Calls);

        foreach (var error in new[]
        {
            await Operator.Refused(Reports.GetCallStatisticsAsync(new() { PbxId = "nobody", FirstBillingMonth = "2025-10" })),
            await Operator.Refused(Reports.ListCallsAsync(new() { PbxId = "nobody", FirstBillingMonth = "2025-10" })),
        })
        {
            Assert.Equal("NotFound PBX_UNKNOWN", Operator.Reason(error));
        }
    }

    [Fact]
    public async Task DeniedCalls_AreListedNewestFirst_ByReason_AndEmergencyCallsAreNotAmongThem()
    {
        var pbx = await _operator.NewPbx("rep-denied");
        var refused = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var call = Operator.Call(pbx, $"c{i}", i % 2 == 0 ? "101" : "+8821123456");
            Assert.NotNull((await _operator.Calls.AuthorizeCallAsync(call)).Denial);
            refused.Insert(0, call.CallId);
        }
        Assert.NotNull((await _operator.Calls.AuthorizeCallAsync(Operator.Call(pbx, "sos", "112"))).Grant);
        // The answer about a call of the log waits for what is being written.
        await _operator.Calls.GetCallAsync(new() { PbxId = pbx, CallId = "sos" });

        var request = new ListDeniedCallsRequest { PbxId = pbx, PageSize = 2 };
        var listed = await Denied(request);
        Assert.Equal(refused, listed.Select(call => call.CallId));
        Assert.Equal(await _operator.Calls.GetCallAsync(new() { PbxId = pbx, CallId = "c1" }), new() { Call = listed[3] });
        request.Reason = DenialReason.CalledNotE164;
        Assert.Equal(["c4", "c2", "c0"], (await Denied(request)).Select(call => call.CallId));
        request.Reason = DenialReason.NoPrice;
        Assert.Empty(await Denied(request));
        Assert.Empty(await Denied(new ListDeniedCallsRequest { PbxId = "rep-nobody" }));
    }

    [Fact]
    public async Task CountingTakesTooLong_EndsAsDeadlineExceeded()
    {
        var pbx = await _operator.NewPbx("rep-slow");
        var options = host.ServicesOf(ClassoundApi.Reports).GetRequiredService<IOptions<ClassoundApiOptions>>().Value;
        var usual = options.StatisticsTimeout;
        options.StatisticsTimeout = TimeSpan.Zero;
        try
        {
            var error = await Operator.Refused(Reports.GetCallStatisticsAsync(new() { PbxId = pbx, FirstBillingMonth = "2025-10" }));
            Assert.Equal(Grpc.Core.StatusCode.DeadlineExceeded, error.StatusCode);
            Assert.Contains("fewer months", error.Status.Detail, StringComparison.Ordinal);
        }
        finally
        {
            options.StatisticsTimeout = usual;
        }
    }

    [Fact]
    public async Task ThirdStatisticAtOnce_IsToldToComeBack_AndAPlaceIsFreeAgainAfterwards()
    {
        var pbx = await _operator.NewPbx("rep-busy");
        var request = new GetCallStatisticsRequest { PbxId = pbx, FirstBillingMonth = "2026-11" };
        using var reading = new SemaphoreSlim(0);
        using var go = new ManualResetEventSlim();
        host.Store.Breaks = (method, _) =>
        {
            if (method != nameof(ILedgerStore.ListRatedCallsAsync)) return false;
            reading.Release();
            go.Wait();
            return false;
        };
        try
        {
            var two = new[] { Reports.GetCallStatisticsAsync(request), Reports.GetCallStatisticsAsync(request) };
            for (var i = 0; i < two.Length; i++) await reading.WaitAsync();
            Assert.Equal("ResourceExhausted REPORTS_BUSY", Operator.Reason(await Operator.Refused(Reports.GetCallStatisticsAsync(request))));
            go.Set();
            foreach (var call in two) Assert.Equal(0, (await call).Total.Calls);
        }
        finally
        {
            go.Set();
            host.Store.Breaks = static (_, _) => false;
        }
        Assert.Equal(0, (await Reports.GetCallStatisticsAsync(request)).Total.Calls);
    }

    [Fact]
    public async Task OneRequestLooksAt20000Calls_AndGivesATokenToGoOn()
    {
        var pbx = await _operator.NewPbx("rep-many");
        await ManyCalls.Settle(host.Ledger, pbx, Api.Reports.ReportService.MaxLookedAt + 1);
        var request = new ListCallsRequest { PbxId = pbx, FirstBillingMonth = "2026-11", Filter = new CallFilter { UserId = ManyCalls.LastUser } };

        var first = await Reports.ListCallsAsync(request);
        Assert.Empty(first.Calls);
        request.PageToken = first.NextPageToken;
        var second = await Reports.ListCallsAsync(request);
        Assert.Equal((1, ""), (second.Calls.Count, second.NextPageToken));
        var total = (await Reports.GetCallStatisticsAsync(new GetCallStatisticsRequest { PbxId = pbx, FirstBillingMonth = "2026-11" })).Total;
        Assert.Equal((20_001, 20_001 * 60), (total.Calls, total.CallSeconds));
    }

    /// <summary>A PBX with random calls, the months from the first to the last of them, and all as billing is given them.</summary>
    private async Task<(string Pbx, List<string> Months, List<RatedCall> Calls, DateTime Turn)> Live(string name, int seed)
    {
        var pbx = await _operator.NewPbx(name);
        var calls = new ReportCalls(host, pbx, seed);
        await calls.PlaceOld(40);
        await calls.PlaceLive(24);
        var (all, months) = (new List<RatedCall>(), new List<string>());
        var first = calls.Turn.AddDays(1 - calls.Turn.Day);
        for (var month = first; month <= host.Clock.GetUtcNow().AddDays(1); month = month.AddMonths(1))
        {
            months.Add(month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            all.AddRange(await _operator.RatedCalls(pbx, months[^1]));
        }
        return (pbx, months, all, calls.Turn);
    }

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<List<RatedCall>> List(ListCallsRequest request)
    {
        var calls = new List<RatedCall>();
        request = request.Clone();
        do
        {
            var page = await Reports.ListCallsAsync(request);
            calls.AddRange(page.Calls);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return calls;
    }

    private async Task<List<Call>> Denied(ListDeniedCallsRequest request)
    {
        var calls = new List<Call>();
        request = request.Clone();
        do
        {
            var page = await Reports.ListDeniedCallsAsync(request);
            calls.AddRange(page.Calls);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return calls;
    }

    private static RatedTotalsRow AsRow(CallStatistics total) => new()
    {
        Calls = total.Calls, CallSeconds = total.CallSeconds, RatedSeconds = total.RatedSeconds,
        IncludedSeconds = total.IncludedSeconds, ChargedSeconds = total.ChargedSeconds, ChargeNanos = total.ChargeNanos,
    };
}
