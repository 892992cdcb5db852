using Classound.Cli.Replay;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Cli.Tests.Replay;

public sealed class ProvisioningTests
{
    [Fact]
    public async Task UnknownPbx_IsCreatedFromTheMonthOfTheFirstCall()
    {
        var service = Replaying.Operator();
        await Replaying.RunAsync(Replaying.Small() with { MainNumber = "+12125550111" }, service);

        var pbx = Assert.Single(service.Sent<CreatePbxRequest>()).Pbx;
        Assert.Equal(("acme", "US", "UTC", "EUR", "2026-03-01"),
            (pbx.PbxId, pbx.Country, pbx.TimeZone, pbx.CurrencyCode, pbx.ActiveFromDate));
        Assert.Equal(("END_USER", "FLAT", 1), (pbx.PriceListType, pbx.PlanCode, pbx.Licences.Basic));
        Assert.Equal(["+12125550100", "+12125550111"], service.Owned.Order());
        Assert.All(service.Sent<AddDidRequest>(), static request => Assert.Equal(DidKind.External, request.Kind));
        Assert.Empty(service.Sent<SetUsersRequest>());
    }

    [Fact]
    public async Task PlanSharedPerUser_GetsTheExtensionsAsUsers()
    {
        var service = Replaying.Operator();
        service.Plans[0].Sharing = PlanSharing.PerUser;
        await Replaying.RunAsync(Replaying.Small(), service);

        Assert.Equal(["201"], Assert.Single(service.Sent<SetUsersRequest>()).UserIds);
    }

    [Fact]
    public async Task PbxThatExists_KeepsItsSettingsAndLendsCountryAndZone()
    {
        var service = Replaying.Operator();
        service.Pbxs["acme"] = new Pbx { PbxId = "acme", Country = "US", TimeZone = "America/Detroit" };
        var (_, text) = await Replaying.RunAsync(Replaying.Small() with { Country = null }, service);

        Assert.Empty(service.Sent<CreatePbxRequest>());
        Assert.Contains("dates in America/Detroit", text, StringComparison.Ordinal);
        Assert.Contains("warning: The unique ids", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NumberThatThePbxHas_IsLeftAsItIs()
    {
        var service = Replaying.Operator();
        service.Pbxs["acme"] = new Pbx { PbxId = "acme", Country = "US", TimeZone = "UTC" };
        service.Owned.Add("+12125550100");
        await Replaying.RunAsync(Replaying.Small(), service);

        Assert.Empty(service.Sent<AddDidRequest>());
    }

    [Fact]
    public async Task PbxMissingWithoutProvision_SendsNoCall()
    {
        var service = Replaying.Operator();
        var refused = await Assert.ThrowsAsync<ReplayRefusedException>(() =>
            Replaying.RunAsync(Replaying.Small() with { Provision = null }, service));

        Assert.Contains("--provision", refused.Message, StringComparison.Ordinal);
        Assert.Single(service.Log);
    }

    [Fact]
    public async Task PriceListNotInForceYet_IsRefusedWithTheCommandThatHelps()
    {
        var service = Replaying.Operator();
        service.PriceLists[0].EffectiveTime = Timestamp.FromDateTime(new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        var refused = await Assert.ThrowsAsync<ReplayRefusedException>(() => Replaying.RunAsync(Replaying.Small(), service));

        Assert.Contains("price list END_USER is in force at the first call, 2026-03-01 09:00:00 UTC", refused.Message, StringComparison.Ordinal);
        Assert.Contains("classound price-list import FILE --type END_USER --currency EUR --time-zone Europe/Rome --effective 2026-02-28",
            refused.Message, StringComparison.Ordinal);
        Assert.Empty(service.Sent<CreatePbxRequest>());
    }

    [Fact]
    public async Task PlanNotInForceYet_IsRefusedWithTheCommandThatHelps()
    {
        var service = Replaying.Operator();
        service.Plans[0].EffectiveDate = "2026-11-01";
        var refused = await Assert.ThrowsAsync<ReplayRefusedException>(() => Replaying.RunAsync(Replaying.Small(), service));

        Assert.Contains("classound plan create FLAT --effective 2026-03-01", refused.Message, StringComparison.Ordinal);
        Assert.Empty(service.Sent<CreatePbxRequest>());
    }

    [Fact]
    public async Task NumberOfAnotherPbx_IsLeftToItAndSaid()
    {
        var service = Replaying.Operator();
        service.Before = static (_, request) =>
        {
            if (request is AddDidRequest)
                throw new RpcException(new Status(StatusCode.AlreadyExists, "the number belongs to another PBX"));
        };
        var (summary, text) = await Replaying.RunAsync(Replaying.Small(), service);

        Assert.Contains("+12125550100 was not registered: the number belongs to another PBX", text, StringComparison.Ordinal);
        Assert.Equal(2, summary.Count(ReplayBucket.Denied));
    }

    [Theory]
    [InlineData("END_USER", 0, "There is no price list of type END_USER")]
    [InlineData("", 0, "There is no plan FLAT")]
    public async Task MissingCatalogue_IsNamedBeforeAnythingIsCreated(string removeType, int expectedCreations, string message)
    {
        var service = Replaying.Operator();
        if (removeType.Length > 0)
            service.PriceLists.Clear();
        else
            service.Plans.Clear();
        var refused = await Assert.ThrowsAsync<ReplayRefusedException>(() => Replaying.RunAsync(Replaying.Small(), service));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(expectedCreations, service.Sent<CreatePbxRequest>().Count());
    }

    [Theory]
    [InlineData("XX", "UTC", null)]
    [InlineData("US", "Mars/Olympus", null)]
    [InlineData("US", "UTC", "2125550100")]
    public async Task OptionThatIsNotWhatItShouldBe_IsAnArgumentError(string country, string zone, string? main) =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Replaying.RunAsync(Replaying.Small() with { Country = country, TimeZone = zone, MainNumber = main }, Replaying.Operator()));
}
