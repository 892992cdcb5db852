using Classound.Api.Billing;
using Classound.Api.Emergency;
using Classound.Charging.Calls;
using Google.Protobuf.WellKnownTypes;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls;

/// <summary>
/// What edges ask during a call, unary or on a stream: parse, ask the PBX's grain, write the reply. Emergency calls are
/// decided without a grain. What cannot be answered is thrown; <see cref="Failures"/> says what it means to the edge.
/// </summary>
public sealed class CallAnswers(PbxCalls pbxs, EmergencyCalls emergency, EmergencyFlag flag, CallReplies replies, TimeProvider clock)
{
    public async Task<Wire.AuthorizeCallResponse> Authorize(Wire.AuthorizeCallRequest request, Caller caller)
    {
        using var measured = new MeasuredAnswer("AuthorizeCall", request.PbxId, request.CallId, clock);
        caller.Demand(CallerScope.Calls);
        // Before the request is looked at any further: a fault in another field must not cost an emergency call.
        if (emergency.Recognises(request, request.PbxId))
        {
            var grant = CallReplies.EmergencyGrant(emergency.Placed(request), CallParsing.LacksG711(request.OfferedCodecs));
            CallMetrics.Emergency();
            return new Wire.AuthorizeCallResponse { Grant = grant };
        }

        caller.Demand(Scope(request));
        CallRequests.Check(request);
        CallRequests.RefuseFutureImport(request, "", clock.GetUtcNow());
        var call = CallParsing.Parse(request);
        var answer = await pbxs.Decide(request.PbxId, pbx => pbx.Authorize(call));
        CallMetrics.Answered(answer);
        var reply = new Wire.AuthorizeCallResponse { Repeated = answer.Repeated };
        if (answer.Settlement is { } settled) reply.Settlement = RatedCallReplies.ToWire(settled);
        else if (answer.Denial is { } denial) reply.Denial = DenialReplies.ToWire(denial);
        else reply.Grant = replies.Grant(answer.Grant!);
        return reply;
    }

    public async Task<Wire.StartCallResponse> Start(Wire.StartCallRequest request, Caller caller)
    {
        using var measured = new MeasuredAnswer("StartCall", request.PbxId, request.CallId, clock);
        caller.Demand(CallerScope.Calls);
        if (request.Emergency && await flag.IsBelieved(request.PbxId, request.CallId))
            return new Wire.StartCallResponse { Grant = CallReplies.EmergencyGrant(emergency.Now) };
        CallRequests.Check(request);
        var answer = await pbxs.Report(request.PbxId, pbx => pbx.Start(request.CallId, CallParsing.Instant(request.AnswerTime)));
        var reply = new Wire.StartCallResponse { Repeated = answer.Repeated };
        if (answer.Settlement is { } settled) reply.Settlement = RatedCallReplies.ToWire(settled);
        else if (answer.Denial is { } denial) reply.Denial = DenialReplies.ToWire(denial);
        else reply.Grant = replies.Grant(answer.Grant!);
        return reply;
    }

    public async Task<Wire.ExtendCallResponse> Extend(Wire.ExtendCallRequest request, Caller caller)
    {
        using var measured = new MeasuredAnswer("ExtendCall", request.PbxId, request.CallId, clock);
        caller.Demand(CallerScope.Calls);
        if (request.Emergency && await flag.IsBelieved(request.PbxId, request.CallId))
            return new Wire.ExtendCallResponse { Grant = CallReplies.EmergencyGrant(emergency.Now) };
        CallRequests.Check(request);
        var answer = await pbxs.Decide(
            request.PbxId, pbx => pbx.Extend(request.CallId, request.RequestNumber, request.UsedSeconds, request.RequestedSeconds));
        var reply = new Wire.ExtendCallResponse { Repeated = answer.Repeated };
        if (answer.Settlement is { } settled) reply.Settlement = RatedCallReplies.ToWire(settled);
        else if (answer.Denial is { } denial) reply.Denial = DenialReplies.ToWire(denial);
        else reply.Grant = replies.Grant(answer.Grant!);
        return reply;
    }

    // Not tied to the client's deadline: the settlement goes on to its end, and a repeat finds it.
    public async Task<Wire.EndCallResponse> End(Wire.EndCallRequest request, Caller caller)
    {
        using var measured = new MeasuredAnswer("EndCall", request.PbxId, request.CallId, clock);
        caller.Demand(CallerScope.Calls);
        var said = request.Emergency || (request.Details is { } unsent && emergency.Recognises(unsent, request.PbxId));
        if (said && await flag.IsBelieved(request.PbxId, request.CallId))
            return new Wire.EndCallResponse { Emergency = new() { AcknowledgeTime = emergency.Ended(request).ToTimestamp() } };

        if (request.Details is { } details) caller.Demand(Scope(details));
        CallRequests.Check(request);
        if (request.Details is { } content) CallRequests.RefuseFutureImport(content, "details.", clock.GetUtcNow());
        var end = CallParsing.Parse(request);
        var answer = await pbxs.Report(request.PbxId, pbx => pbx.End(end));
        var reply = new Wire.EndCallResponse { Repeated = answer.Repeated, Conflict = answer.Conflict };
        if (answer.Settlement is { } settled) reply.Settlement = RatedCallReplies.ToWire(settled);
        else reply.Denial = DenialReplies.ToWire(answer.Denial!);
        return reply;
    }

    private static CallerScope Scope(Wire.AuthorizeCallRequest request) =>
        request.ImportOccurTime is null ? CallerScope.Calls : CallerScope.Calls | CallerScope.ImportCalls;
}
