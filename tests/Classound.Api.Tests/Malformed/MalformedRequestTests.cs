using Classound.Api.Tests.Hosting;
using Google.Rpc;
using Grpc.Core;

namespace Classound.Api.Tests.Malformed;

/// <summary>
/// Malformed requests end as INVALID_ARGUMENT with the field named, for every field of every RPC: over real gRPC, and
/// with no field left without a decision.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed class MalformedRequestTests(ApiHost host)
{
    private static readonly RequestRules[] Rules =
        [.. CallRules.All, new ConnectRules(CallRules.All), .. BillingAndRatingRules.All, .. ReportRules.All, .. PbxRules.All, .. ProvisioningRules.All, .. PriceListRules.All];

    public static TheoryData<string> Rpcs => [.. RpcInvoker.Methods.Select(method => method.Name)];

    public static TheoryData<string> MalformedCases =>
        [.. Cases.Where(each => each.ExpectedField is not null).Select(each => each.ToString())];

    public static TheoryData<string> SoundCases => [.. Cases.Where(each => each.ExpectedField is null).Select(each => each.ToString())];

    private static IEnumerable<RequestCase> Cases => Rules.SelectMany(rules => rules.Cases);

    [Theory]
    [MemberData(nameof(Rpcs))]
    public void EveryFieldOfEveryRequest_IsDecided(string rpc)
    {
        var rules = Assert.Single(Rules, each => each.Rpc == rpc);
        Assert.Equal(
            rules.FieldPaths.Order(StringComparer.Ordinal),
            rules.Cases.Select(each => each.Path).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(MalformedCases))]
    public async Task MalformedField_IsNamedAndNoOther(string name)
    {
        var wanted = Cases.Single(each => each.ToString() == name);
        var error = await Assert.ThrowsAsync<RpcException>(() => RpcInvoker.Call(host.Rpcs, wanted.Rpc, wanted.Requests));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        var violations = error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations;
        Assert.All(violations, violation => Assert.Equal(wanted.ExpectedField, violation.Field));
        Assert.All(violations, violation => Assert.Contains("expected", violation.Description, StringComparison.Ordinal));
        Assert.StartsWith(wanted.ExpectedField + ": ", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SoundCases))]
    public async Task AnyOtherValue_IsNotRefusedAsMalformed(string name)
    {
        var wanted = Cases.Single(each => each.ToString() == name);
        Assert.NotEqual(StatusCode.InvalidArgument, await Send(wanted.Rpc, wanted.Requests));
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task TheRequestThatCasesSpoil_IsSound(string rpc)
    {
        var rules = Rules.Single(each => each.Rpc == rpc);
        Assert.NotEqual(StatusCode.InvalidArgument, await Send(rpc, rules.Sound));
    }

    private async Task<StatusCode> Send(string rpc, IReadOnlyList<Google.Protobuf.IMessage> requests)
    {
        try
        {
            await RpcInvoker.Call(host.Rpcs, rpc, requests);
            return StatusCode.OK;
        }
        catch (RpcException error)
        {
            Assert.NotEqual(StatusCode.Unknown, error.StatusCode);
            Assert.NotEqual(StatusCode.Internal, error.StatusCode);
            return error.StatusCode;
        }
    }
}
