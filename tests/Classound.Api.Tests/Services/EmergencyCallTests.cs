using Classound.Api.Tests.Hosting;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class EmergencyCallTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private CallService.CallServiceClient Calls => _operator.Calls;

    [Fact]
    public async Task EmergencyCall_IsGrantedWithoutLimitAndFound()
    {
        var pbx = await _operator.NewPbx("sos-found");
        var request = Operator.Call(pbx, "c1", "112");
        request.HideCallerId = true;
        var reply = await Calls.AuthorizeCallAsync(request);
        Assert.True(reply.Grant.Emergency);
        Assert.Equal((0, 0, 0L), (reply.Grant.GrantedSeconds, reply.Grant.MaximumSeconds, reply.Grant.HeldNanos));
        Assert.Equal(CallerIdPresentation.Present, reply.Grant.CallerIdPresentation);
        Assert.Null(reply.Grant.LeaseEndTime);

        var call = (await Calls.GetCallAsync(new GetCallRequest { PbxId = pbx, CallId = "c1" })).Call;
        Assert.Equal((CallState.Emergency, "112", true), (call.State, call.Called, call.Grant.Emergency));
        var explained = await Calls.ExplainCallAsync(new ExplainCallRequest { PbxId = pbx, CallId = "c1" });
        Assert.Contains(explained.Steps, step => step.Title == "Emergency");
        Assert.Empty((await Calls.ListActiveCallsAsync(new ListActiveCallsRequest { PbxId = pbx })).Calls);
    }

    [Fact]
    public async Task StoreOut_EmergencyPassesAndChargeableIsUnavailable()
    {
        var pbx = await _operator.NewPbx("sos-out");
        host.Store.IsOut = true;
        try
        {
            Assert.True((await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1", "112"))).Grant.Emergency);
            Assert.True((await Calls.AuthorizeCallAsync(Operator.Call("nobody-knows-this-pbx", "c1", "911"))).Grant.Emergency);
            Assert.True(
                (await Calls.StartCallAsync(new() { PbxId = pbx, CallId = "c1", AnswerTime = new(), Emergency = true })).Grant.Emergency);
            Assert.True(
                (await Calls.ExtendCallAsync(new() { PbxId = pbx, CallId = "c1", RequestNumber = 1, Emergency = true })).Grant.Emergency);
            Assert.NotNull(
                (await Calls.EndCallAsync(new() { PbxId = pbx, CallId = "c1", DurationMs = 60_000, Emergency = true })).Emergency);
            // An end that was never told that the call was one, but carries what was dialled.
            var details = Operator.Call(pbx, "c1", "112");
            Assert.NotNull((await Calls.EndCallAsync(new() { PbxId = pbx, CallId = "c1", DurationMs = 1, Details = details })).Emergency);

            var error = await Operator.Refused(Calls.AuthorizeCallAsync(Operator.Call(pbx, "c2")));
            Assert.Equal("Unavailable TRY_AGAIN", Operator.Reason(error));
            Assert.NotNull(error.GetRpcStatus()!.GetDetail<RetryInfo>());
        }
        finally
        {
            host.Store.IsOut = false;
        }

        Assert.NotNull((await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c2"))).Grant);
    }

    [Fact]
    public async Task SilentStore_ChargeableIsUnavailableAndEndsWellOnRepeat()
    {
        var pbx = await _operator.NewPbx("sos-silent");
        await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1"));
        host.Store.IsSilent = true;
        try
        {
            Assert.Equal(StatusCode.Unavailable, (await Operator.Refused(Calls.AuthorizeCallAsync(Operator.Call(pbx, "c2")))).StatusCode);
            Assert.True((await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c3", "112"))).Grant.Emergency);
        }
        finally
        {
            host.Store.IsSilent = false;
        }

        // Until the commit that was under way has been heard of, it is UNAVAILABLE: an edge repeats.
        for (; ; )
        {
            try
            {
                Assert.NotNull((await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c2"))).Grant);
                return;
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task MalformedRequest_CostsNoEmergencyCall()
    {
        var request = new AuthorizeCallRequest
        {
            PbxId = new string('x', 10_000), CallId = "", Caller = new string('9', 10_000), Called = "112", UserId = new string('u', 10_000),
            CallingCountry = "Italy", RequestedSeconds = -1, AttemptTime = new Timestamp { Seconds = long.MaxValue },
            ImportOccurTime = new Timestamp { Nanos = -1 },
        };
        Assert.True((await Calls.AuthorizeCallAsync(request)).Grant.Emergency);
        Assert.True((await Calls.StartCallAsync(new StartCallRequest { Emergency = true })).Grant.Emergency);
        Assert.True((await Calls.ExtendCallAsync(new ExtendCallRequest { Emergency = true })).Grant.Emergency);
        Assert.NotNull((await Calls.EndCallAsync(new EndCallRequest { Emergency = true, DurationMs = -1 })).Emergency);
        Assert.NotNull((await Calls.EndCallAsync(new EndCallRequest { Details = request })).Emergency);
    }

    [Fact]
    public async Task ExtensionThatLooksLikeOne_IsNoEmergencyWhenInternal()
    {
        var pbx = await _operator.NewPbx("sos-internal");
        var request = Operator.Call(pbx, "c1", "112");
        request.Internal = true;
        var grant = (await Calls.AuthorizeCallAsync(request)).Grant;
        Assert.Equal((false, true), (grant.Emergency, grant.Internal));
    }

    [Fact]
    public async Task InboundCall_IsNoEmergency()
    {
        var pbx = await _operator.NewPbx("sos-inbound");
        var request = Operator.Call(pbx, "c1", "112");
        request.Direction = Contracts.Billing.V1.CallDirection.Inbound;
        Assert.Equal(DenialReason.CalledNotE164, (await Calls.AuthorizeCallAsync(request)).Denial.Reason);
    }

    [Theory]
    [InlineData("911", "", false)] // the PBX is in Italy
    [InlineData("911", "US", true)] // its user is not
    [InlineData("112", "", true)]
    [InlineData("999", "GB", true)]
    [InlineData("999", "IT", false)]
    [InlineData("9112", "US", false)]
    public async Task CallingCountry_DecidesBeforeThePbxsOwn(string dialled, string callingCountry, bool emergency)
    {
        var pbx = await _operator.NewPbx("sos-country");
        var request = Operator.Call(pbx, $"{dialled} {callingCountry}", dialled);
        request.CallingCountry = callingCountry;
        var reply = await Calls.AuthorizeCallAsync(request);
        Assert.Equal(emergency, reply.Grant?.Emergency ?? false);
        if (!emergency) Assert.Equal(DenialReason.CalledNotE164, reply.Denial.Reason);
    }

    [Fact]
    public async Task SuspendedPbx_StillReachesTheEmergencyServices()
    {
        var pbx = await _operator.NewPbx("sos-suspended");
        await _operator.Pbxs.UpdatePbxAsync(new()
        {
            Pbx = new(
                )
            { PbxId = pbx, State = Contracts.Provisioning.V1.PbxState.Suspended }, UpdateMask = new FieldMask { Paths = { "state" } },
        });
        Assert.Equal(DenialReason.PbxSuspended, (await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1"))).Denial.Reason);
        Assert.True((await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c2", "112"))).Grant.Emergency);
    }
}
