using Classound.Cli.Cdr;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Cli.Replay;

/// <summary>
/// Does for one old call what an edge does for a live one: authorise, report the answer, extend once per slice, end. Each
/// request carries the call's own time as a privileged import, and the ids of an earlier attempt, so that it is safe to repeat.
/// </summary>
public sealed class EdgeCall
{
    private const string EdgeId = "classound-replay";

    private readonly CallService.CallServiceClient _service;
    private readonly RepeatingCaller _caller;
    private readonly string _pbxId;
    private readonly string _country;

    public EdgeCall(ChannelBase channel, RepeatingCaller caller, string pbxId, string country)
    {
        _service = new CallService.CallServiceClient(channel);
        _caller = caller;
        _pbxId = pbxId;
        _country = country;
    }

    /// <summary>The outcome, and for a request that the service calls malformed the refusal of its row.</summary>
    /// <exception cref="RpcException">The service stayed unavailable, or failed.</exception>
    public async Task<(ReplayRow Row, CdrRefusal? Refusal)> ReplayAsync(PlannedCall call)
    {
        try
        {
            return (await Replay(call), null);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.InvalidArgument)
        {
            var violations = ServerErrors.FieldViolations(error);
            var (field, reason) = violations.Count > 0
                ? (violations[0].Field, violations[0].Description)
                : ("row", ServerErrors.Detail(error));
            var value = field switch { "called" => call.Called, "caller" => call.Caller, _ => "" };
            return (Outcome(call, ReplayBucket.Refused, reason), CdrRefusal.Of(call.Row.Line, field, value, $"the service: {reason}"));
        }
    }

    private async Task<ReplayRow> Replay(PlannedCall call)
    {
        var decision = await _caller.CallAsync(options => _service.AuthorizeCallAsync(Authorization(call), options));
        if (decision.Denial is { } denial)
            return Outcome(call, ReplayBucket.Denied, Words.Of(denial.Reason));
        if (decision.Settlement is { } earlier)
            return Rated(call, earlier, ReplayBucket.AlreadySettled);
        var grant = decision.Grant;
        if (call.Row.Answered)
        {
            await _caller.CallAsync(options => _service.StartCallAsync(Start(call, grant), options));
            await Extend(call, grant);
        }
        return await End(call, grant);
    }

    private async Task Extend(PlannedCall call, CallGrant grant)
    {
        var number = 0;
        while (!grant.Emergency && !grant.Final && grant.GrantedSeconds < call.Row.TalkSeconds)
        {
            var request = new ExtendCallRequest
            {
                PbxId = _pbxId, CallId = call.CallId, RequestNumber = ++number, UsedSeconds = grant.GrantedSeconds,
            };
            var reply = await _caller.CallAsync(options => _service.ExtendCallAsync(request, options));
            // A call that really lasted longer than it may is ended as long as it was: use above the grant happened.
            if (reply.Grant is not { } longer || longer.GrantedSeconds <= grant.GrantedSeconds)
                return;
            grant = longer;
        }
    }

    private async Task<ReplayRow> End(PlannedCall call, CallGrant grant)
    {
        var reply = await _caller.CallAsync(options => _service.EndCallAsync(Ending(call, grant), options));
        if (reply.Denial is { } denial)
            return Outcome(call, ReplayBucket.Denied, Words.Of(denial.Reason));
        if (reply.Settlement is not { } settlement)
            return Outcome(call, ReplayBucket.Emergency, "");
        // An end whose reply was lost settled this call in this very run: its repeat tells so, and moves nothing.
        var bucket = reply.Conflict ? ReplayBucket.AlreadySettled : call.Row.Answered ? ReplayBucket.Settled : ReplayBucket.Unanswered;
        return Rated(call, settlement, bucket) with { Conflict = reply.Conflict };
    }

    private AuthorizeCallRequest Authorization(PlannedCall call) => new()
    {
        PbxId = _pbxId, CallId = call.CallId, Direction = CallDirection.Outbound, Caller = call.Caller, Called = call.Called,
        UserId = call.Row.User,
        CanExtend = true, ReportsAnswer = true, CallingCountry = _country, EdgeId = EdgeId, ImportOccurTime = At(call.Row.StartTime),
    };

    private StartCallRequest Start(PlannedCall call, CallGrant grant) =>
        new() { PbxId = _pbxId, CallId = call.CallId, AnswerTime = At(call.Row.AnswerTime), Emergency = grant.Emergency };

    private EndCallRequest Ending(PlannedCall call, CallGrant grant)
    {
        var (cause, status) = HangupCause.Of(call.Row.Outcome);
        return new EndCallRequest
        {
            PbxId = _pbxId, CallId = call.CallId, DurationMs = call.Row.TalkSeconds * 1000L, EndTime = At(call.Row.EndTime),
            Emergency = grant.Emergency,
            AnswerTime = call.Row.Answered ? At(call.Row.AnswerTime) : null,
            ReleaseCause = new ReleaseCause { Q850Cause = cause, SipStatus = status, Text = call.Row.Outcome },
        };
    }

    private static Timestamp At(DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    private static ReplayRow Outcome(PlannedCall call, ReplayBucket bucket, string reason) =>
        new(call.Row.Line, bucket, reason, call.CallId) { Called = call.Called };

    private static ReplayRow Rated(PlannedCall call, RatedCall rated, ReplayBucket bucket) => Outcome(call, bucket, "") with
    {
        CallSeconds = rated.CallSeconds,
        IncludedSeconds = rated.IncludedSeconds,
        ChargedSeconds = rated.ChargedSeconds,
        ChargeNanos = rated.Charges.Aggregate(0L, static (sum, charge) => checked(sum + charge.AmountNanos)),
        BillingMonth = rated.BillingMonth,
        CurrencyCode = rated.Charges.FirstOrDefault()?.CurrencyCode ?? "",
    };
}
