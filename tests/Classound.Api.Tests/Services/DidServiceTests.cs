using Classound.Api.Tests.Hosting;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class DidServiceTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private DidService.DidServiceClient Dids => _operator.Dids;

    [Fact]
    public async Task HostedNumber_IsOwnedAtOnceAndOnlyOnce()
    {
        var pbx = await _operator.NewPbx("did-owner");
        var other = await _operator.NewPbx("did-other");
        var request = new AddDidRequest { PbxId = pbx, Number = "+390411111111", Kind = DidKind.Ported };
        var did = (await Dids.AddDidAsync(request)).Did;
        Assert.Equal((pbx, "+390411111111", DidKind.Ported, DidState.Owned), (did.PbxId, did.Number, did.Kind, did.State));
        Assert.Equal(did, (await Dids.AddDidAsync(request)).Did);

        var kind = await Operator.Refused(Dids.AddDidAsync(new AddDidRequest(request) { Kind = DidKind.Hosted }));
        Assert.Equal("AlreadyExists DID_EXISTS", Operator.Reason(kind));
        var taken = await Operator.Refused(Dids.AddDidAsync(new AddDidRequest(request) { PbxId = other }));
        Assert.Equal("AlreadyExists DID_TAKEN", Operator.Reason(taken));
        Assert.DoesNotContain(pbx, taken.Status.Detail, StringComparison.Ordinal);

        await Dids.RemoveDidAsync(new RemoveDidRequest { PbxId = pbx, Number = "+390411111111" });
        await Dids.RemoveDidAsync(new RemoveDidRequest { PbxId = pbx, Number = "+390411111111" });
        Assert.Equal(other, (await Dids.AddDidAsync(new AddDidRequest(request) { PbxId = other })).Did.PbxId);
    }

    [Fact]
    public async Task ExternalNumber_MayBeShownOnceVerified()
    {
        var pbx = await _operator.NewPbx("did-external");
        const string number = "+390422222222";
        var added = (await Dids.AddDidAsync(new AddDidRequest { PbxId = pbx, Number = number, Kind = DidKind.External })).Did;
        Assert.Equal(DidState.Unverified, added.State);
        Assert.Equal(DenialReason.CallerIdNotVerified, (await Authorize("c1")).Denial.Reason);

        var verified = (await Dids.VerifyDidAsync(new VerifyDidRequest { PbxId = pbx, Number = number })).Did;
        Assert.Equal(DidState.Owned, verified.State);
        Assert.Equal(verified, (await Dids.VerifyDidAsync(new VerifyDidRequest { PbxId = pbx, Number = number })).Did);
        Assert.NotNull((await Authorize("c2")).Grant);

        async Task<AuthorizeCallResponse> Authorize(string callId) =>
            await _operator.Calls.AuthorizeCallAsync(new AuthorizeCallRequest(Operator.Call(pbx, callId)) { Caller = number });
    }

    [Fact]
    public async Task Verification_IsForExternalNumbersOfThePbx()
    {
        var pbx = await _operator.NewPbx("did-verify");
        var ours = await Operator.Refused(Dids.VerifyDidAsync(new VerifyDidRequest { PbxId = pbx, Number = Operator.NumberOf(pbx) }));
        Assert.Equal("FailedPrecondition DID_NOT_EXTERNAL", Operator.Reason(ours));
        var unknown = await Operator.Refused(Dids.VerifyDidAsync(new VerifyDidRequest { PbxId = pbx, Number = "+390433333333" }));
        Assert.Equal("NotFound DID_UNKNOWN", Operator.Reason(unknown));
    }

    [Fact]
    public async Task Numbers_ArePagedInNumericalOrder()
    {
        var pbx = await _operator.NewPbx("did-pages", "+390455555550");
        foreach (var digit in new[] { "4", "1", "3" })
            await Dids.AddDidAsync(new AddDidRequest { PbxId = pbx, Number = "+39045555555" + digit, Kind = DidKind.Hosted });
        var first = await Dids.ListDidsAsync(new ListDidsRequest { PbxId = pbx, PageSize = 3 });
        Assert.Equal(["+390455555550", "+390455555551", "+390455555553"], first.Dids.Select(did => did.Number));
        var second = await Dids.ListDidsAsync(new ListDidsRequest { PbxId = pbx, PageSize = 3, PageToken = first.NextPageToken });
        Assert.Equal(("+390455555554", ""), (Assert.Single(second.Dids).Number, second.NextPageToken));
    }
}
