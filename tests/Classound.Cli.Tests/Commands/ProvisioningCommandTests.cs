using Classound.Cli.Connection;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cli.Tests.Commands;

public sealed class ProvisioningCommandTests
{
    [Fact]
    public async Task PbxCreate_SendsEveryOption()
    {
        var shown = new Pbx { PbxId = "acme", CurrencyCode = "EUR", Limits = new Limits { DayCapNanos = 50_500_000_000 } };
        var cli = Cli.Answering(new CreatePbxResponse { Pbx = shown });

        Assert.Equal(0, await cli.RunAsync("pbx create acme --name Acme --country IT --time-zone Europe/Rome --currency EUR "
            + "--price-list END_USER --plan FLAT --active-from 2026-11-01 --basic 3 --premium 1 --day-cap 50.5 --max-concurrent-calls 8 "
            + "--bar-country CU --bar-country KP --bar-area 6 --bar-high-cost false"));

        var pbx = Assert.IsType<CreatePbxRequest>(Assert.Single(cli.Requests)).Pbx;
        Assert.Equal(
            new Pbx
            {
                PbxId = "acme", Name = "Acme", Country = "IT", TimeZone = "Europe/Rome", CurrencyCode = "EUR", PriceListType = "END_USER",
                PlanCode = "FLAT", ActiveFromDate = "2026-11-01", Licences = new UserLicences { Basic = 3, Premium = 1 },
                Limits = new Limits
                {
                    DayCapNanos = 50_500_000_000, MaxConcurrentCalls = 8, BarHighCost = false, BarredCountries = { "CU", "KP" },
                    BarredAreas = { 6 },
                },
            },
            pbx);
        Assert.Contains("50.50 EUR per day", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PbxCreateWithoutLimits_LeavesThemToTheService()
    {
        var cli = Cli.Answering(new CreatePbxResponse { Pbx = new Pbx() });

        await cli.RunAsync(
            "pbx create acme --name Acme --country IT --time-zone Europe/Rome --currency EUR --price-list END_USER "
            + "--active-from 2026-11-01");

        Assert.Null(((CreatePbxRequest)cli.Requests[0]).Pbx.Limits);
    }

    [Fact]
    public async Task SetLimits_NamesOnlyWhatWasGiven()
    {
        var cli = Cli.Answering(new UpdatePbxResponse { Pbx = new Pbx() });

        await cli.RunAsync("pbx set-limits acme --month-cap 100 --lift day_cap_nanos");

        var request = (UpdatePbxRequest)cli.Requests[0];
        Assert.Equal(["limits.month_cap_nanos", "limits.day_cap_nanos"], request.UpdateMask.Paths);
        Assert.Equal(new Limits { MonthCapNanos = 100_000_000_000 }, request.Pbx.Limits);
    }

    [Fact]
    public async Task SetLimitsWithoutAny_IsAUsageError()
    {
        var cli = Cli.Answering(new UpdatePbxResponse { Pbx = new Pbx() });

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("pbx set-limits acme"));
        Assert.Empty(cli.Requests);
    }

    [Theory]
    [InlineData("suspend", PbxState.Suspended)]
    [InlineData("resume", PbxState.Active)]
    public async Task SuspendAndResume_ChangeTheStateAlone(string command, PbxState state)
    {
        var cli = Cli.Answering(new UpdatePbxResponse { Pbx = new Pbx() });

        await cli.RunAsync($"pbx {command} acme");

        Assert.Equal(
            new UpdatePbxRequest { Pbx = new Pbx { PbxId = "acme", State = state }, UpdateMask = new FieldMask { Paths = { "state" } } },
            cli.Requests[0]);
    }

    [Fact]
    public async Task SetUsers_SendsTheFullListAlsoWhenEmpty()
    {
        var cli = Cli.Answering(new SetUsersResponse { Pbx = new Pbx() });

        await cli.RunAsync("pbx set-users acme 201 202");
        await cli.RunAsync("pbx set-users acme");

        Assert.Equal([["201", "202"], []], cli.Requests.Cast<SetUsersRequest>().Select(static request => request.UserIds.ToArray()));
    }

    [Theory]
    [InlineData("", DidKind.Hosted)]
    [InlineData(" --kind ported", DidKind.Ported)]
    [InlineData(" --kind external", DidKind.External)]
    public async Task DidAdd_SaysWhoseNumberItIs(string option, DidKind kind)
    {
        var cli = Cli.Answering(new AddDidResponse { Did = new Did { Number = "+390612345678" } });

        await cli.RunAsync("did add acme +390612345678" + option);

        Assert.Equal(new AddDidRequest { PbxId = "acme", Number = "+390612345678", Kind = kind }, cli.Requests[0]);
    }

    [Fact]
    public async Task DidList_FollowsAllPages()
    {
        var cli = new Cli(static requests => ((ListDidsRequest)requests[0]).PageToken.Length == 0
            ? new ListDidsResponse { Dids = { new Did { Number = "+390612345678" } }, NextPageToken = "next" }
            : new ListDidsResponse { Dids = { new Did { Number = "+390698765432" } } });

        await cli.RunAsync("did list acme");

        Assert.Contains("+390612345678", cli.Out, StringComparison.Ordinal);
        Assert.Contains("+390698765432", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanCreate_ReadsBandsAndSharing()
    {
        var cli = Cli.Answering(new CreatePlanVersionResponse { Plan = new PlanVersion() });

        await cli.RunAsync(
            "plan create FLAT --effective 2026-11-01 --term monthly --minutes-per-user 3000 --sharing per-user "
            + "--band 5=19.90 --band *=14 --currency EUR");

        var plan = ((CreatePlanVersionRequest)cli.Requests[0]).Plan;
        Assert.Equal((PlanSharing.PerUser, PlanTerm.Monthly, 3000), (plan.Sharing, plan.Term, plan.MinutesPerUser));
        Assert.Equal([(5, 19_900_000_000), (0, 14_000_000_000)], plan.Bands.Select(static band => (band.MaxUsers, band.MonthlyFeeNanos)));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("0=1")]
    [InlineData("five=1")]
    [InlineData("5=x")]
    public async Task BandThatIsNone_IsAUsageErrorNamingIt(string band)
    {
        var cli = Cli.Answering(new CreatePlanVersionResponse());

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(
            $"plan create F --effective 2026-11-01 --term monthly --minutes-per-user 1 --sharing pooled --currency EUR --band {band}"));
        Assert.Contains($"--band '{band}'", cli.Errors, StringComparison.Ordinal);
    }
}
