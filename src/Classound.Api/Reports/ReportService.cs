using System.Globalization;
using System.Runtime.CompilerServices;
using Classound.Api.Billing;
using Classound.Api.Validation;
using Classound.Charging.Allowances;
using Classound.Grains.Pbxs;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Wire = Classound.Contracts.Reports.V1;

namespace Classound.Api.Reports;

/// <summary>What operators look at, read from the store page by page: a month may have a million calls.</summary>
public sealed class ReportService(LedgerReader ledger, IOptions<ClassoundApiOptions> options, TimeProvider clock)
    : Wire.ReportService.ReportServiceBase, IDisposable
{
    /// <summary>Calls that one ListCalls looks at: where few fit, a page must not take as long as the whole list.</summary>
    public const int MaxLookedAt = 20_000;

    private const int ReadAtOnce = 1_000;

    private readonly HeavyWork _counting = new("REPORTS_BUSY", "This process already counts calls for two reports; repeat the request.");

    public override async Task<Wire.GetCallStatisticsResponse> GetCallStatistics(
        Wire.GetCallStatisticsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Reports);
        var selection = ReportRequests.Check(request);
        using var place = _counting.Take();
        using var timeout = new CancellationTokenSource(options.Value.StatisticsTimeout, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, timeout.Token);
        try
        {
            return await Count(request, selection, limit.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, string.Create(CultureInfo.InvariantCulture,
                $"Counting took longer than {options.Value.StatisticsTimeout.TotalSeconds:0} s; ask for fewer months.")));
        }
    }

    public override async Task<Wire.ListCallsResponse> ListCalls(Wire.ListCallsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Reports);
        var (selection, position) = ReportRequests.Check(request);
        var size = NumberFields.PageSizeOf(request.PageSize);
        if (request.PageToken.Length == 0) await Month(selection, context.CancellationToken);
        var reply = new Wire.ListCallsResponse();
        var lookedAt = 0;
        var atOnce = request.Filter is null ? size + 1 : ReadAtOnce;
        await foreach (var (entry, at) in Entries(selection, position, atOnce, context.CancellationToken))
        {
            var fits = selection.Has(entry.Call);
            if (lookedAt++ == MaxLookedAt || (fits && reply.Calls.Count == size))
            {
                reply.NextPageToken = PageToken.Create(ReportRequests.ListName(request), position.ToString());
                break;
            }
            if (fits) reply.Calls.Add(RatedCallReplies.ToWire(entry.Call));
            position = at;
        }
        return reply;
    }

    public void Dispose() => _counting.Dispose();

    private async Task<Wire.GetCallStatisticsResponse> Count(
        Wire.GetCallStatisticsRequest request, CallSelection selection, CancellationToken cancellation)
    {
        // Before the calls: a month that is closed now gains none while they are read.
        var month = await Month(selection, cancellation);
        var counts = new CallCounts(request.GroupBy, TimeZoneInfo.FindSystemTimeZoneById(month.Settings.TimeZoneId));
        await foreach (var (entry, _) in Entries(selection, new ReportPosition(selection.FirstMonth, 0), ReadAtOnce, cancellation))
            if (selection.Has(entry.Call)) counts.Add(entry.Call);
        var reply = new Wire.GetCallStatisticsResponse
        {
            CurrencyCode = month.Settings.Currency, TimeZone = month.Settings.TimeZoneId, Final = month.Closed,
        };
        counts.WriteTo(reply);
        return reply;
    }

    /// <summary>The last month of a report: the others were closed before it.</summary>
    private async Task<BillingMonthView> Month(CallSelection selection, CancellationToken cancellation) =>
        await ledger.Month(selection.PbxId, selection.LastMonth, cancellation) ?? throw Refusals.PbxUnknown(selection.PbxId);

    private async IAsyncEnumerable<(FeedEntry Entry, ReportPosition At)> Entries(
        CallSelection selection, ReportPosition after, int atOnce,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var month = after.Month; month <= selection.LastMonth; month = LocalCalendar.Next(month))
        {
            var sequence = month == after.Month ? after.Sequence : 0;
            IReadOnlyList<FeedEntry> page;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                page = await ledger.RatedCalls(selection.PbxId, month, sequence, atOnce, cancellation);
                foreach (var entry in page)
                {
                    sequence = entry.Sequence;
                    yield return (entry, new ReportPosition(month, sequence));
                }
            }
            while (page.Count == atOnce);
        }
    }
}
