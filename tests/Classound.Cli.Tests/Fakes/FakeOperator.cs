using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Classound.Cli.Tests.Fakes;

/// <summary>
/// A service that keeps the contracts' promises about repeats, and prices every call at one nano per second. It stands in
/// for the real one only to show what the command sends; rating is tested elsewhere.
/// </summary>
internal sealed class FakeOperator
{
    public const int Slice = 600;

    private readonly Dictionary<string, CallGrant> _active = [];
    private readonly Lock _lock = new();

    public Dictionary<string, RatedCall> Settled { get; } = [];

    public List<(string Method, IMessage Request)> Log { get; } = [];

    public Dictionary<string, Pbx> Pbxs { get; } = [];

    public HashSet<string> Owned { get; } = [];

    public List<PlanVersion> Plans { get; } = [];

    public List<PriceList> PriceLists { get; } = [];

    /// <summary>Called before a request is answered; may throw.</summary>
    public Action<string, IMessage> Before { get; set; } = static (_, _) => { };

    /// <summary>Called when a request was carried out, before its reply goes out; may throw to lose the reply.</summary>
    public Action<string, IMessage> After { get; set; } = static (_, _) => { };

    /// <summary>The last grant of every call, null where calls may be extended for ever.</summary>
    public int? MaximumSeconds { get; set; }

    public FakeChannel Channel => new((method, requests) => Answer(method, requests[0]));

    public IEnumerable<TRequest> Sent<TRequest>() => Log.Select(static entry => entry.Request).OfType<TRequest>();

    private IMessage Answer(string method, IMessage request)
    {
        lock (_lock)
        {
            Log.Add((method, request));
            Before(method, request);
            var reply = Decide(request);
            After(method, request);
            return reply;
        }
    }

    private IMessage Decide(IMessage request) => request switch
    {
        AuthorizeCallRequest call => Authorize(call),
        StartCallRequest call => new StartCallResponse { Grant = _active[call.CallId] },
        ExtendCallRequest call => Extend(call),
        EndCallRequest call => End(call),
        GetPbxRequest get => Pbxs.TryGetValue(get.PbxId, out var pbx)
            ? new GetPbxResponse { Pbx = pbx }
            : throw new RpcException(new Status(StatusCode.NotFound, $"no PBX {get.PbxId}")),
        CreatePbxRequest create => new CreatePbxResponse { Pbx = Pbxs[create.Pbx.PbxId] = create.Pbx },
        SetUsersRequest users => new SetUsersResponse { Pbx = Pbxs[users.PbxId] },
        AddDidRequest did => new AddDidResponse { Did = DidOf(did.PbxId, did.Number) },
        VerifyDidRequest did => Verify(did),
        ListDidsRequest list => new ListDidsResponse { Dids = { Owned.Select(number => DidOf(list.PbxId, number)) } },
        ListPlansRequest => new ListPlansResponse { Plans = { Plans } },
        ListPriceListsRequest => new ListPriceListsResponse { PriceLists = { PriceLists } },
        _ => throw new RpcException(new Status(StatusCode.Unimplemented, request.Descriptor.Name)),
    };

    private AuthorizeCallResponse Authorize(AuthorizeCallRequest request)
    {
        if (request.Called is "911" or "112")
            return new AuthorizeCallResponse { Grant = _active[request.CallId] = new CallGrant { Emergency = true } };
        if (Settled.TryGetValue(request.CallId, out var settled))
            return new AuthorizeCallResponse { Settlement = settled, Repeated = true };
        if (_active.TryGetValue(request.CallId, out var active))
            return new AuthorizeCallResponse { Grant = active, Repeated = true };
        var reason = request switch
        {
            { Caller: not ['+', ..] } => DenialReason.CallerNotE164,
            { Called: not ['+', ..] } => DenialReason.CalledNotE164,
            _ => Owned.Contains(request.Caller) ? DenialReason.Unspecified : DenialReason.CallerIdNotOwned,
        };
        return reason != DenialReason.Unspecified
            ? new AuthorizeCallResponse { Denial = new CallDenial { Reason = reason, SipStatus = 403 } }
            : new AuthorizeCallResponse { Grant = _active[request.CallId] = GrantOf(Slice) };
    }

    private ExtendCallResponse Extend(ExtendCallRequest request)
    {
        var grant = _active[request.CallId];
        return grant.GrantedSeconds >= MaximumSeconds
            ? new ExtendCallResponse { Denial = new CallDenial { Reason = DenialReason.MonthCapReached } }
            : new ExtendCallResponse { Grant = _active[request.CallId] = GrantOf(request.UsedSeconds + Slice) };
    }

    private EndCallResponse End(EndCallRequest request)
    {
        if (request.Emergency)
            return new EndCallResponse { Emergency = new EmergencyAcknowledgement() };
        if (Settled.TryGetValue(request.CallId, out var earlier))
            return new EndCallResponse { Settlement = earlier, Repeated = true, Conflict = earlier.DurationMs != request.DurationMs };
        _active.Remove(request.CallId);
        var seconds = (int)((request.DurationMs + 999) / 1000);
        var rated = new RatedCall
        {
            PbxId = request.PbxId, CallId = request.CallId, DurationMs = request.DurationMs, CallSeconds = seconds, RatedSeconds = seconds,
            ChargedSeconds = seconds, BillingMonth = "2026-11",
            Charges = { new Charge { Payer = "PBX", AmountNanos = seconds, CurrencyCode = "EUR" } },
        };
        return new EndCallResponse { Settlement = Settled[request.CallId] = rated };
    }

    private CallGrant GrantOf(int seconds)
    {
        var most = MaximumSeconds ?? 14400;
        return new CallGrant { GrantedSeconds = Math.Min(seconds, most), MaximumSeconds = most };
    }

    private Did DidOf(string pbxId, string number) => new()
    {
        PbxId = pbxId, Number = number, Kind = DidKind.External, State = Owned.Contains(number) ? DidState.Owned : DidState.Unverified,
    };

    private VerifyDidResponse Verify(VerifyDidRequest request)
    {
        Owned.Add(request.Number);
        return new VerifyDidResponse { Did = DidOf(request.PbxId, request.Number) };
    }
}
