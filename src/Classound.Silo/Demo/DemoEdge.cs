using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Silo.Demo;

/// <summary>Plays a SIP edge: one call at a time, with ids that no other start of the demo has.</summary>
internal sealed class DemoEdge(ChannelBase channel, string runId, TimeProvider clock, CancellationToken ct)
{
    private readonly CallService.CallServiceClient _calls = new(channel);
    private int _number;
    private string _pbxId = "";

    /// <summary>Id of the newest call.</summary>
    public string CallId { get; private set; } = "";

    public async Task<AuthorizeCallResponse> AuthorizeAsync(
        string pbxId, string caller, string called, Action<AuthorizeCallRequest>? change = null)
    {
        _pbxId = pbxId;
        CallId = $"demo-{runId}-{++_number}";
        var request = new AuthorizeCallRequest
        {
            PbxId = pbxId,
            CallId = CallId,
            Direction = CallDirection.Outbound,
            Caller = caller,
            Called = called,
            CanExtend = true,
            EdgeId = "demo-edge",
            OfferedCodecs = { "PCMA", "opus" },
        };
        change?.Invoke(request);
        return await _calls.AuthorizeCallAsync(request, cancellationToken: ct);
    }

    /// <summary>The called party answers, now.</summary>
    public async Task AnswerAsync()
    {
        var now = Timestamp.FromDateTimeOffset(clock.GetUtcNow());
        await _calls.StartCallAsync(new StartCallRequest { PbxId = _pbxId, CallId = CallId, AnswerTime = now }, cancellationToken: ct);
    }

    public async Task<ExtendCallResponse> ExtendAsync(int requestNumber, int usedSeconds)
    {
        var request = new ExtendCallRequest { PbxId = _pbxId, CallId = CallId, RequestNumber = requestNumber, UsedSeconds = usedSeconds };
        return await _calls.ExtendCallAsync(request, cancellationToken: ct);
    }

    /// <summary>Extends slice by slice until the call may last so long, or no more is granted; returns how long it may last.</summary>
    public async Task<int> ExtendToAsync(CallGrant grant, int seconds)
    {
        for (var request = 1; grant.GrantedSeconds < seconds && !grant.Final; request++)
        {
            var reply = await ExtendAsync(request, Math.Max(0, grant.GrantedSeconds - 30));
            if (reply.Grant is null) break;
            grant = reply.Grant;
        }

        return Math.Min(seconds, grant.GrantedSeconds);
    }

    public async Task<EndCallResponse> EndAsync(int seconds, bool emergency = false)
    {
        var request = new EndCallRequest
        {
            PbxId = _pbxId,
            CallId = CallId,
            DurationMs = seconds * 1000L,
            ReleaseCause = new ReleaseCause { Q850Cause = 16, SipStatus = 200, Text = "Normal call clearing" },
            Emergency = emergency,
        };
        return await _calls.EndCallAsync(request, cancellationToken: ct);
    }

    public async Task<ExplainCallResponse> ExplainAsync(string pbxId, string callId) =>
        await _calls.ExplainCallAsync(new ExplainCallRequest { PbxId = pbxId, CallId = callId }, cancellationToken: ct);
}
