using System.Globalization;
using Classound.Api.Billing;
using Classound.Api.Calls;
using Classound.Api.Validation;
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

    private readonly ReportEntries _entries = new(ledger);
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
        if (request.PageToken.Length == 0) await _entries.LastMonth(selection, context.CancellationToken);
        var reply = new Wire.ListCallsResponse();
        var lookedAt = 0;
        var atOnce = request.Filter is null ? size + 1 : ReadAtOnce;
        await foreach (var (entry, at) in _entries.Read(selection, position, request.NewestFirst, atOnce, context.CancellationToken))
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

    public override async Task<Wire.ListDeniedCallsResponse> ListDeniedCalls(Wire.ListDeniedCallsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Reports);
        var after = ReportRequests.Check(request);
        var size = NumberFields.PageSizeOf(request.PageSize);
        var found = await _entries.Denials(request.PbxId, request.Reason, after, size + 1, context.CancellationToken);
        var reply = new Wire.ListDeniedCallsResponse { Calls = { found.Take(size).Select(CallReplies.Logged) } };
        if (found.Count > size) reply.NextPageToken = PageToken.Create(ReportRequests.ListName(request), ReportRequests.Cursor(found[size - 1]));
        return reply;
    }

    public void Dispose() => _counting.Dispose();

    private async Task<Wire.GetCallStatisticsResponse> Count(
        Wire.GetCallStatisticsRequest request, CallSelection selection, CancellationToken cancellation)
    {
        // Before the calls: a month that is closed now gains none while they are read.
        var month = await _entries.LastMonth(selection, cancellation);
        var counts = new CallCounts(request.GroupBy, TimeZoneInfo.FindSystemTimeZoneById(month.Settings.TimeZoneId));
        await foreach (var (entry, _) in _entries.Read(selection, selection.Start(false), newestFirst: false, ReadAtOnce, cancellation))
            if (selection.Has(entry.Call)) counts.Add(entry.Call);
        var reply = new Wire.GetCallStatisticsResponse
        {
            CurrencyCode = month.Settings.Currency, TimeZone = month.Settings.TimeZoneId, Final = month.Closed,
        };
        counts.WriteTo(reply);
        return reply;
    }
}
