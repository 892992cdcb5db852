using System.Globalization;
using Classound.Cluster.Tests.Edges;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cluster.Tests.Changes;

/// <summary>Calls that stay up while silos are replaced: one on each PBX that no cap stops. What an edge must not see is a breach.</summary>
internal sealed class HeldCalls(SteadyTraffic traffic, string prefix)
{
    private readonly List<EdgeCall> _calls = [];

    public IEnumerable<(string PbxId, string CallId)> Ids => _calls.Select(call => (call.Plan.PbxId, call.Plan.CallId));

    public Task Authorise() => Task.WhenAll(traffic.Pbxs.Where(pbx => pbx.MonthCapNanos == 0).Select(Authorise));

    /// <summary>Reports usage and asks for more: the stored call is written again by whoever has the PBX now.</summary>
    public Task Extend(int requestNumber) => Task.WhenAll(_calls.Select(async call =>
    {
        var request = new ExtendCallRequest
        {
            PbxId = call.Plan.PbxId, CallId = call.Plan.CallId, RequestNumber = requestNumber, UsedSeconds = requestNumber, RequestedSeconds = 600,
        };
        call.ReportedSeconds = requestNumber;
        var reply = await traffic.Edge.Ask(call, way => way.Extend(request), call.Plan.Silo, Edge.ForEver);
        if (reply?.Grant is { } grant) call.Granted(grant);
        else traffic.Books.Breach($"{call.Plan.CallId} is up and was not extended: {reply}");
    }));

    public Task End() => Task.WhenAll(_calls.Select(async call =>
    {
        call.End = new EndCallRequest
        {
            PbxId = call.Plan.PbxId, CallId = call.Plan.CallId, DurationMs = call.Plan.DurationMs, EndTime = Timestamp.FromDateTime(DateTime.UtcNow),
        };
        var reply = await traffic.Edge.Ask(call, way => way.End(call.End), call.Plan.Silo, Edge.ForEver);
        if (reply is null || call.Ended(reply) is not null || call.Settlement is null) traffic.Books.Breach($"{call.Plan.CallId} was up and did not settle: {reply}");
    }));

    private async Task Authorise(WorkPbx pbx)
    {
        var ask = new AuthorizeCallRequest
        {
            PbxId = pbx.Id, CallId = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{pbx.Number}"), Direction = CallDirection.Outbound,
            Caller = pbx.Did, Called = "+33123456789", CanExtend = true, RequestedSeconds = 600, EdgeId = "held",
            UserId = pbx.PerUser ? pbx.UserIds[0] : "",
        };
        var call = traffic.Books.Calls[ask.CallId] = new EdgeCall(new CallPlan(ask, CallShape.Plain, pbx.Number, 1, 0, 30_000));
        lock (_calls) _calls.Add(call);
        var reply = await traffic.Edge.Ask(call, way => way.Authorize(ask), pbx.Number, Edge.ForEver);
        if (reply?.Grant is { } grant) call.Granted(grant);
        else traffic.Books.Breach($"{ask.CallId} was not granted: {reply}");
    }
}
