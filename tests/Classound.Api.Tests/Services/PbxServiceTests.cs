using Classound.Api.Tests.Hosting;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class PbxServiceTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private PbxService.PbxServiceClient Pbxs => _operator.Pbxs;

    [Fact]
    public async Task CreatedPbx_ReadsBackAsItWasSent()
    {
        var wanted = Operator.Settings("pbx-create");
        wanted.Limits = new Limits
        {
            MaxConcurrentCalls = 1, MaxAttemptsPerSecond = 2, DayCapNanos = 3, MonthCapNanos = 4, MaxPricePerMinuteNanos = 5,
            MaxCallSeconds = 6,
            BarHighCost = false, AllowedAreas = { 1, 6 }, BarredAreas = { 3 }, AllowedCountries = { "FR", "IT" },
            BarredCountries = { "CU" },
            AllowedPrefixes = { "39", "3906" }, BarredPrefixes = { "881" },
        };
        var created = (await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = wanted })).Pbx;
        wanted.State = PbxState.Active;
        Assert.Equal(wanted, created);
        Assert.Equal(wanted, (await Pbxs.GetPbxAsync(new GetPbxRequest { PbxId = "pbx-create" })).Pbx);
    }

    [Fact]
    public async Task NewPbxWithoutLimits_IsBarredFromHighCostDestinations()
    {
        var created = (await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Operator.Settings("pbx-limits-default") })).Pbx;
        Assert.True(created.Limits.HasBarHighCost && created.Limits.BarHighCost);
    }

    [Fact]
    public async Task RepeatedCreation_IsOkAndAnotherContentNamesTheField()
    {
        var request = new CreatePbxRequest { Pbx = Operator.Settings("pbx-repeat") };
        request.Pbx.Limits = new Limits { BarredCountries = { "CU", "AF" } };
        var first = await Pbxs.CreatePbxAsync(request);
        request.Pbx.Limits = new Limits { BarredCountries = { "AF", "CU" } }; // a set: the order says nothing
        Assert.Equal(first, await Pbxs.CreatePbxAsync(request));

        request.Pbx.CurrencyCode = "CHF";
        var error = await Operator.Refused(Pbxs.CreatePbxAsync(request));
        Assert.Equal("AlreadyExists PBX_EXISTS", Operator.Reason(error));
        Assert.Equal("currency_code", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["field"]);
    }

    [Fact]
    public async Task Update_ChangesWhatTheMaskNamesAndNothingElse()
    {
        await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Operator.Settings("pbx-update") });
        await _operator.Import(
            new ImportPriceListHeader { PriceListType = "GOLD_PBX", CurrencyCode = "EUR", TimeZone = "Europe/Rome" }, Operator.PriceListCsv);
        var changed = await Update(
            new Pbx { PbxId = "pbx-update", Name = "New", Country = "FR", PlanCode = "FLAT-USER" }, "name", "plan_code");
        Assert.Equal(("New", "IT", "FLAT-USER"), (changed.Name, changed.Country, changed.PlanCode));
        changed = await Update(new Pbx { PbxId = "pbx-update", Country = "FR", PriceListType = "GOLD_PBX", State = PbxState.Suspended }, "country", "price_list_type", "state", "plan_code");
        Assert.Equal(
            ("New", "FR", "", "GOLD_PBX", PbxState.Suspended),
            (changed.Name, changed.Country, changed.PlanCode, changed.PriceListType, changed.State));
    }

    [Fact]
    public async Task UpdateOfLimits_LiftsWhatIsNamedAndUnset()
    {
        await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Operator.Settings("pbx-limits") });
        var one = await Update(Limited(new Limits { DayCapNanos = 7, MonthCapNanos = 9, BarredCountries = { "CU" } }), "limits.day_cap_nanos", "limits.barred_countries");
        Assert.Equal((7L, 0L, true), (one.Limits.DayCapNanos, one.Limits.MonthCapNanos, one.Limits.BarHighCost));
        var two = await Update(Limited(new Limits { BarredCountries = { "AF" } }), "limits.barred_countries");
        Assert.Equal((7L, "AF"), (two.Limits.DayCapNanos, string.Join(' ', two.Limits.BarredCountries)));
        var three = await Update(Limited(new Limits()), "limits.day_cap_nanos");
        Assert.Equal((0L, "AF"), (three.Limits.DayCapNanos, string.Join(' ', three.Limits.BarredCountries)));
        var four = await Update(Limited(new Limits { BarHighCost = false }), "limits.bar_high_cost");
        Assert.False(four.Limits.BarHighCost);
        var all = await Update(Limited(new Limits { MaxCallSeconds = 60 }), "limits");
        Assert.Equal((60, 0, false), (all.Limits.MaxCallSeconds, all.Limits.BarredCountries.Count, all.Limits.BarHighCost));

        static Pbx Limited(Limits limits) => new() { PbxId = "pbx-limits", Limits = limits };
    }

    [Fact]
    public async Task UpdatesOfTwoLimitsAtOnce_BothStand()
    {
        await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Operator.Settings("pbx-two-operators") });
        for (var round = 1; round <= 20; round++)
        {
            await Task.WhenAll(
                Update(new Pbx { PbxId = "pbx-two-operators", Limits = new Limits { DayCapNanos = round } }, "limits.day_cap_nanos"),
                Update(new Pbx { PbxId = "pbx-two-operators", Limits = new Limits { MonthCapNanos = round } }, "limits.month_cap_nanos"));
            var limits = (await Pbxs.GetPbxAsync(new GetPbxRequest { PbxId = "pbx-two-operators" })).Pbx.Limits;
            Assert.Equal((round, round), (limits.DayCapNanos, limits.MonthCapNanos));
        }
    }

    [Fact]
    public async Task EveryLimit_IsSetByItsOwnPathAndNoOther()
    {
        var wanted = new Limits
        {
            MaxConcurrentCalls = 1, MaxAttemptsPerSecond = 2, DayCapNanos = 3, MonthCapNanos = 4, MaxPricePerMinuteNanos = 5,
            MaxCallSeconds = 6, BarHighCost = false, AllowedAreas = { 1, 6 }, BarredAreas = { 3 }, AllowedCountries = { "FR" },
            BarredCountries = { "CU" }, AllowedPrefixes = { "39" }, BarredPrefixes = { "881" },
        };
        var expected = (await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Operator.Settings("pbx-each-limit") })).Pbx.Limits;
        foreach (var field in Limits.Descriptor.Fields.InDeclarationOrder())
        {
            var changed = await Update(new Pbx { PbxId = "pbx-each-limit", Limits = wanted }, "limits." + field.Name);
            new FieldMask { Paths = { field.Name } }.Merge(wanted, expected, new FieldMask.MergeOptions { ReplaceRepeatedFields = true });
            Assert.Equal(expected, changed.Limits);
        }

        Assert.Equal(wanted, expected);
    }

    [Fact]
    public async Task FourUsers_BringTwelveThousandMinutes()
    {
        await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Operator.Settings("pbx-counts") });
        var counts = (await Pbxs.GetPbxAsync(new GetPbxRequest { PbxId = "pbx-counts" })).LiveCounts;
        Assert.Equal(
            (4, 4, 12_000 * 60L, 0L, 0L),
            (counts.LicensedUsers, counts.MonthUsers, counts.IncludedSecondsGranted, counts.IncludedSecondsUsed, counts.IncludedSecondsHeld));
        Assert.Equal(("FLAT", "2015-01-01", "EUR"), (counts.PlanCode, counts.PlanEffectiveDate, counts.CurrencyCode));

        var licences = new UserLicences { Basic = 1, Essential = 1, Business = 1, Premium = 2 };
        var raised = await Pbxs.SetUserLicencesAsync(new SetUserLicencesRequest { PbxId = "pbx-counts", Licences = licences });
        Assert.Equal(
            (licences, 5, 15_000 * 60L),
            (raised.Pbx.Licences, raised.LiveCounts.MonthUsers, raised.LiveCounts.IncludedSecondsGranted));
        var lowered = await Pbxs.SetUserLicencesAsync(
            new SetUserLicencesRequest { PbxId = "pbx-counts", Licences = new UserLicences { Basic = 1 } });
        Assert.Equal((1, 5), (lowered.LiveCounts.LicensedUsers, lowered.LiveCounts.MonthUsers));
    }

    [Fact]
    public async Task RunningCalls_ShowInTheLiveCounts()
    {
        var pbx = await _operator.NewPbx("pbx-live");
        var request = Operator.Call(pbx, "c1");
        (request.ReportsAnswer, request.UserId) = (true, "alice");
        await _operator.Calls.AuthorizeCallAsync(request);
        await _operator.Calls.AuthorizeCallAsync(Operator.Call(pbx, "c2", Operator.France));
        var counts = (await Pbxs.GetPbxAsync(new GetPbxRequest { PbxId = pbx })).LiveCounts;
        Assert.Equal(
            (1, 1, 1, 600L, 600_000_000L),
            (counts.UsersInCall, counts.RingingCalls, counts.ActiveCalls, counts.IncludedSecondsHeld, counts.HeldNanos));
    }

    [Fact]
    public async Task Users_KeepTheirSeatsAndNeedLicences()
    {
        await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Operator.Settings("pbx-users") });
        var set = await Pbxs.SetUsersAsync(new SetUsersRequest { PbxId = "pbx-users", UserIds = { "alice", "bob", "carol" } });
        Assert.Equal(["alice", "bob", "carol"], set.Pbx.UserIds);
        set = await Pbxs.SetUsersAsync(new SetUsersRequest { PbxId = "pbx-users", UserIds = { "carol", "dave", "alice" } });
        Assert.Equal(["alice", "dave", "carol"], set.Pbx.UserIds);

        var tooMany = await Operator.Refused(
            Pbxs.SetUsersAsync(new SetUsersRequest { PbxId = "pbx-users", UserIds = { "a", "b", "c", "d", "e" } }));
        Assert.Equal("FailedPrecondition MORE_USERS_THAN_LICENCES", Operator.Reason(tooMany));
        var tooFew = await Operator.Refused(
            Pbxs.SetUserLicencesAsync(new SetUserLicencesRequest { PbxId = "pbx-users", Licences = new UserLicences { Basic = 2 } }));
        Assert.Equal("FailedPrecondition MORE_USERS_THAN_LICENCES", Operator.Reason(tooFew));
    }

    private async Task<Pbx> Update(Pbx pbx, params string[] paths)
    {
        var mask = new FieldMask();
        mask.Paths.AddRange(paths);
        return (await Pbxs.UpdatePbxAsync(new UpdatePbxRequest { Pbx = pbx, UpdateMask = mask })).Pbx;
    }
}
