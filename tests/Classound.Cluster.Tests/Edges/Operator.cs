using Classound.Contracts.Provisioning.V1;
using Classound.EndToEnd.Tests;
using Grpc.Net.Client;

namespace Classound.Cluster.Tests.Edges;

/// <summary>Provisions the workload's prices, plans and PBXs over gRPC.</summary>
internal sealed class Operator(GrpcChannel channel)
{
    public const int PooledMinutes = 8;
    public const int PerUserMinutes = 5;
    private const string Pooled = "WORK-POOLED";
    private const string PerUser = "WORK-PER-USER";

    private readonly PlanService.PlanServiceClient _plans = new(channel);
    private readonly SampleOperator _sample = new(channel);

    public async Task Provision(IReadOnlyList<WorkPbx> pbxs)
    {
        await _sample.ProvisionPrices();
        await Plan(Pooled, PooledMinutes, PlanSharing.Pooled);
        await Plan(PerUser, PerUserMinutes, PlanSharing.PerUser);
        foreach (var pbx in pbxs) await Provision(pbx);
    }

    private async Task Plan(string code, int minutes, PlanSharing sharing) =>
        await _plans.CreatePlanVersionAsync(new CreatePlanVersionRequest
        {
            Plan = new PlanVersion
            {
                PlanCode = code, EffectiveDate = "2015-01-01", Term = PlanTerm.Monthly, MinutesPerUser = minutes, Sharing = sharing,
                CurrencyCode = "EUR", Bands = { new UserBand { MaxUsers = 1_000, MonthlyFeeNanos = 9_000_000_000 } },
            },
        });

    private async Task Provision(WorkPbx pbx)
    {
        await _sample.Pbxs.CreatePbxAsync(new CreatePbxRequest
        {
            Pbx = new Pbx
            {
                PbxId = pbx.Id, Name = pbx.Id, Country = "IT", TimeZone = pbx.Zone, CurrencyCode = "EUR",
                PriceListType = SampleOperator.ListType, PlanCode = pbx.PerUser ? PerUser : Pooled, ActiveFromDate = "2018-01-01",
                Licences = new UserLicences { Basic = pbx.Users }, Limits = new Limits { MonthCapNanos = pbx.MonthCapNanos },
            },
        });
        await _sample.Dids.AddDidAsync(new AddDidRequest { PbxId = pbx.Id, Number = pbx.Did, Kind = DidKind.Hosted });
        if (pbx.UserIds.Count > 0) await _sample.Pbxs.SetUsersAsync(new SetUsersRequest { PbxId = pbx.Id, UserIds = { pbx.UserIds } });
    }
}
