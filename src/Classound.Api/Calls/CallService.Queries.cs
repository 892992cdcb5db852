using Classound.Api.Billing;
using Classound.Api.Validation;
using Classound.Charging.Calls;
using Grpc.Core;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls;

public sealed partial class CallService
{
    public override async Task<Wire.GetCallResponse> GetCall(Wire.GetCallRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Calls);
        CallRequests.Check(request);
        var answer = await Find(request.PbxId, request.CallId);
        return new Wire.GetCallResponse { Call = replies.Call(request.PbxId, answer) };
    }

    public override async Task<Wire.ExplainCallResponse> ExplainCall(Wire.ExplainCallRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Calls);
        CallRequests.Check(request);
        var answer = await Find(request.PbxId, request.CallId);
        var reply = new Wire.ExplainCallResponse { Call = replies.Call(request.PbxId, answer) };
        foreach (var step in Steps(answer)) reply.Steps.Add(new Wire.ExplanationStep { Title = step.Title, Text = step.Text });
        if (answer.Settlement is { Pricing: { } pricing } settled)
            reply.Segments.AddRange(Explanation.Segments(settled).Select(segment => RatedCallReplies.ToWire(segment, pricing)));
        return reply;
    }

    public override async Task<Wire.ListActiveCallsResponse> ListActiveCalls(Wire.ListActiveCallsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Calls);
        var after = CallRequests.Check(request);
        var size = NumberFields.PageSizeOf(request.PageSize);
        var calls = await pbxs.Read(request.PbxId, pbx => pbx.ListActive(after, size + 1));
        if (calls.Count == 0 && await pbxs.Read(request.PbxId, pbx => pbx.Describe()) is null) throw Refusals.PbxUnknown(request.PbxId);
        var reply = new Wire.ListActiveCallsResponse();
        reply.Calls.AddRange(calls.Take(size).Select(call => replies.Active(request.PbxId, call)));
        if (calls.Count > size) reply.NextPageToken = PageToken.Create(CallRequests.ListName(request), calls[size - 1].CallId);
        return reply;
    }

    private async Task<CallAnswer> Find(string pbxId, string callId)
    {
        if (await pbxs.Read(pbxId, pbx => pbx.Find(callId)) is { } answer) return answer;
        if (await pbxs.Read(pbxId, pbx => pbx.Describe()) is null) throw Refusals.PbxUnknown(pbxId);
        throw Refusals.NotFound("CALL_UNKNOWN", $"PBX {pbxId} knows no such call.");
    }

    private static IReadOnlyList<ExplanationStep> Steps(CallAnswer answer) => answer switch
    {
        { Settlement: { } settled } => Explanation.Of(settled),
        { Denial: { } denial } => Explanation.Of(denial),
        { Grant: { } active } => Explanation.Of(active),
        _ => [],
    };
}
