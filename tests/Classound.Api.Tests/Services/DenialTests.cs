using Classound.Api.Calls;
using Classound.Api.Tests.Hosting;
using Classound.Contracts.Calls.V1;
using Domain = Classound.Charging.Calls.DenialReason;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class DenialTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private Contracts.Calls.V1.CallService.CallServiceClient Calls => _operator.Calls;

    [Fact]
    public void EveryReason_HasAReplyOfItsOwnInTheSameOrder()
    {
        var replies = Enum.GetValues<Domain>().Where(reason => reason != Domain.None).Order()
            .Select(reason => DenialReplies.Causes(reason)).ToList();
        Assert.Equal(replies.Select(reply => reply.Reason).Order(), replies.Select(reply => reply.Reason));
        Assert.Equal(
            Enum.GetValues<DenialReason>().Where(reason => reason != DenialReason.Unspecified),
            replies.Select(reply => reply.Reason));
        Assert.All(replies, reply => Assert.InRange(reply.SipStatus, 400, 699));
        Assert.All(replies, reply => Assert.InRange(reply.Q850Cause, 1, 127));
    }

    // A proxy that gets a 5xx or 6xx takes its next hop, or the called party, out of service for everybody.
    [Fact]
    public void NoReason_LooksLikeAServiceThatIsDown()
    {
        Assert.All(
            Enum.GetValues<Domain>().Where(reason => reason != Domain.None),
            reason => Assert.InRange(DenialReplies.Causes(reason).SipStatus, 400, 499));
        Assert.Equal((DenialReason.TooManyCalls, 486, 34), DenialReplies.Causes(Domain.TooManyCalls));
        Assert.Equal((DenialReason.TooManyAttempts, 480, 42), DenialReplies.Causes(Domain.TooManyAttempts));
    }

    [Theory]
    [InlineData("0612345678", "caller", DenialReason.CallerNotE164, 403)]
    [InlineData("", "caller", DenialReason.CallerNotE164, 403)]
    [InlineData("+39 06 1234567", "caller", DenialReason.CallerNotE164, 403)]
    public async Task CallerThatIsNotE164_IsDeniedWithWhatWasSeen(string caller, string subject, DenialReason reason, int sipStatus)
    {
        var pbx = await _operator.NewPbx("denied-caller");
        var request = Operator.Call(pbx, "caller " + caller);
        request.Caller = caller;
        var denial = (await Calls.AuthorizeCallAsync(request)).Denial;
        Assert.Equal((reason, subject, sipStatus), (denial.Reason, denial.Subject, denial.SipStatus));
        Assert.Contains("expected '+'", denial.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0039061234567")]
    [InlineData("101")]
    [InlineData("sip:alice@example.com")]
    [InlineData("")]
    public async Task CalledThatIsNotE164_IsDeniedAs484(string called)
    {
        var pbx = await _operator.NewPbx("denied-called");
        var denial = (await Calls.AuthorizeCallAsync(Operator.Call(pbx, "called " + called, called))).Denial;
        Assert.Equal((DenialReason.CalledNotE164, "called", 484, 28), (denial.Reason, denial.Subject, denial.SipStatus, denial.Q850Cause));
    }

    [Fact]
    public async Task DeniedCall_IsFoundAndExplained()
    {
        var pbx = await _operator.NewPbx("denied-found");
        await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1", "+88212345678"));
        var explained = await Calls.ExplainCallAsync(new ExplainCallRequest { PbxId = pbx, CallId = "c1" });
        Assert.Equal((CallState.Denied, DenialReason.DestinationBarred), (explained.Call.State, explained.Call.Denial.Reason));
        Assert.Contains(explained.Steps, step => step.Title == "Refused");
        Assert.Empty(explained.Segments);
    }

    [Fact]
    public async Task UnknownPbx_IsADenialOnCallsAndNotFoundElsewhere()
    {
        Assert.Equal(DenialReason.PbxUnknown, (await Calls.AuthorizeCallAsync(Operator.Call("nobody", "c1"))).Denial.Reason);
        Assert.Equal(
            DenialReason.PbxUnknown,
            (await Calls.StartCallAsync(new() { PbxId = "nobody", CallId = "c1", AnswerTime = new() })).Denial.Reason);
        Assert.Equal(
            DenialReason.PbxUnknown,
            (await Calls.ExtendCallAsync(new() { PbxId = "nobody", CallId = "c1", RequestNumber = 1 })).Denial.Reason);
        Assert.Equal(DenialReason.PbxUnknown, (await Calls.EndCallAsync(new() { PbxId = "nobody", CallId = "c1" })).Denial.Reason);

        var mask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "name", "limits.day_cap_nanos" } };
        foreach (var error in new[]
        {
            await Operator.Refused(Calls.ListActiveCallsAsync(new() { PbxId = "nobody" })),
            await Operator.Refused(Calls.GetCallAsync(new() { PbxId = "nobody-else", CallId = "c1" })),
            await Operator.Refused(Calls.ExplainCallAsync(new() { PbxId = "nobody-else", CallId = "c1" })),
            await Operator.Refused(_operator.Pbxs.GetPbxAsync(new() { PbxId = "nobody" })),
            await Operator.Refused(
                _operator.Pbxs.UpdatePbxAsync(new() { Pbx = new() { PbxId = "nobody", Name = "x" }, UpdateMask = mask })),
            await Operator.Refused(_operator.Pbxs.SetUserLicencesAsync(new() { PbxId = "nobody", Licences = new() })),
            await Operator.Refused(_operator.Pbxs.SetUsersAsync(new() { PbxId = "nobody", UserIds = { "alice" } })),
            await Operator.Refused(_operator.Dids.AddDidAsync(new() { PbxId = "nobody", Number = "+390699999999", Kind = Contracts.Provisioning.V1.DidKind.Hosted })),
            await Operator.Refused(_operator.Dids.VerifyDidAsync(new() { PbxId = "nobody", Number = "+390699999999" })),
            await Operator.Refused(_operator.Dids.RemoveDidAsync(new() { PbxId = "nobody", Number = "+390699999999" })),
            await Operator.Refused(_operator.Dids.ListDidsAsync(new() { PbxId = "nobody" })),
            await Operator.Refused(_operator.Billing.GetRatedTotalsAsync(new() { PbxId = "nobody", BillingMonth = "2026-10" })),
            await Operator.Refused(_operator.Billing.ListRatedCallsAsync(new() { PbxId = "nobody", BillingMonth = "2026-10" })),
            await Operator.Refused(_operator.Billing.CloseBillingMonthAsync(new() { PbxId = "nobody", BillingMonth = "2026-10" })),
            await Operator.Refused(_operator.Rating.QuoteCallAsync(new() { PbxId = "nobody", Called = Operator.Italy })),
        })
            Assert.Equal("NotFound PBX_UNKNOWN", Operator.Reason(error));
    }

    [Fact]
    public async Task UnknownCallOfAPbx_IsNotFound()
    {
        var pbx = await _operator.NewPbx("denied-nocall");
        Assert.Equal(
            "NotFound CALL_UNKNOWN",
            Operator.Reason(await Operator.Refused(Calls.GetCallAsync(new() { PbxId = pbx, CallId = "c1" }))));
        Assert.Equal(
            "NotFound CALL_UNKNOWN",
            Operator.Reason(await Operator.Refused(Calls.ExplainCallAsync(new() { PbxId = pbx, CallId = "c1" }))));
    }

    [Fact]
    public async Task HiddenCallerWithoutG711_IsGrantedWithBothSaid()
    {
        var pbx = await _operator.NewPbx("denied-hidden");
        var request = Operator.Call(pbx, "c1");
        request.HideCallerId = true;
        request.OfferedCodecs.Add(["opus/48000", "G722"]);
        var grant = (await Calls.AuthorizeCallAsync(request)).Grant;
        Assert.Equal(
            (CallerIdPresentation.Withhold, "[ \"CALL_WARNING_NO_G711\" ]"),
            (grant.CallerIdPresentation, grant.Warnings.ToString()));

        request.CallId = "c2";
        request.OfferedCodecs.Add("pcma/8000");
        Assert.Empty((await Calls.AuthorizeCallAsync(request)).Grant.Warnings);
    }
}
