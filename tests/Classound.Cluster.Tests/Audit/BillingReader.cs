using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Cluster.Tests.Audit;

/// <summary>Reads through one silo, with a deadline on every page.</summary>
internal sealed class BillingReader(SiloNode node)
{
    private readonly BillingService.BillingServiceClient _billing = new(node.Channel);
    private readonly CallService.CallServiceClient _calls = new(node.Channel);
    private readonly PbxService.PbxServiceClient _pbxs = new(node.Channel);

    // Patient: it reads thousands of calls on a machine that the cluster itself keeps busy.
    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(5);

    public async Task<PbxLiveCounts> Counts(string pbx) =>
        (await _pbxs.GetPbxAsync(new GetPbxRequest { PbxId = pbx }, deadline: Deadline)).LiveCounts;

    /// <summary>Null where the PBX has no such month.</summary>
    public async Task<RatedTotals?> Totals(string pbx, string month)
    {
        try
        {
            return (await _billing.GetRatedTotalsAsync(new GetRatedTotalsRequest { PbxId = pbx, BillingMonth = month }, deadline: Deadline)).Totals;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<List<RatedCall>> RatedCalls(string pbx, string month)
    {
        var calls = new List<RatedCall>();
        var request = new ListRatedCallsRequest { PbxId = pbx, BillingMonth = month, PageSize = 1000 };
        do
        {
            var page = await _billing.ListRatedCallsAsync(request, deadline: Deadline);
            calls.AddRange(page.Calls);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return calls;
    }

    public async Task<List<Call>> ActiveCalls(string pbx)
    {
        var calls = new List<Call>();
        var request = new ListActiveCallsRequest { PbxId = pbx, PageSize = 1000 };
        do
        {
            var page = await _calls.ListActiveCallsAsync(request, deadline: Deadline);
            calls.AddRange(page.Calls);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return calls;
    }
}
