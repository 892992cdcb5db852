using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Silo.Demo;

/// <summary>Provisions the sample operator through the public API, as any operator would. A second run repeats it.</summary>
internal sealed class DemoProvisioning(ChannelBase channel, DemoScreen screen)
{
    private const int ChunkBytes = 512 * 1024;

    public async Task RunAsync(CancellationToken ct)
    {
        screen.Title("The operator");
        await ImportPriceListAsync(ct);
        await CreatePlansAsync(ct);
        screen.Title("Its customers");
        foreach (var pbx in DemoOperator.Pbxs) await CreateAsync(pbx, ct);
    }

    private async Task ImportPriceListAsync(CancellationToken ct)
    {
        using var call = new PriceListService.PriceListServiceClient(channel).ImportPriceList(cancellationToken: ct);
        await call.RequestStream.WriteAsync(new ImportPriceListRequest
        {
            Header = new ImportPriceListHeader
            {
                PriceListType = DemoOperator.PriceListType,
                CurrencyCode = DemoOperator.Currency,
                TimeZone = "Europe/Rome",
                EffectiveTime = Timestamp.FromDateTimeOffset(DemoOperator.InForceFrom),
            },
        }, ct);
        await using var file = DemoOperator.OpenPriceList();
        var buffer = new byte[ChunkBytes];
        for (int read; (read = await file.ReadAsync(buffer, ct)) > 0;)
            await call.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) }, ct);
        await call.RequestStream.CompleteAsync();
        ImportPriceListResponse reply;
        try
        {
            reply = await call;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
        {
            // A data folder of an earlier release: what priced its calls is never replaced.
            screen.Line($"the price list stays as it is ({e.Status.Detail})");
            return;
        }

        if (reply.ErrorCount > 0) throw new InvalidOperationException($"the sample price list has errors: {reply.Errors[0]}");
        var list = reply.PriceList;
        screen.Line($"price list {list.PriceListType} version {list.Version}: {list.Prefixes} prefixes of all countries, {list.CurrencyCode}");
        screen.Line($"(all prices and areas in it are INVENTED: src/Classound.Silo/Demo/sample-price-list.csv)");
    }

    private async Task CreatePlansAsync(CancellationToken ct)
    {
        var plans = new PlanService.PlanServiceClient(channel);
        foreach (var plan in DemoOperator.Plans)
        {
            await plans.CreatePlanVersionAsync(new CreatePlanVersionRequest { Plan = plan }, cancellationToken: ct);
            var sharing = plan.Sharing == PlanSharing.Pooled ? "shared by all users of the PBX" : "each user's own";
            var fee = DemoScreen.Money(plan.Bands[0].MonthlyFeeNanos);
            screen.Line($"plan {plan.PlanCode,-23} {plan.MinutesPerUser,4} Area 1 minutes per user and month, {sharing}; {fee} per user");
        }
    }

    private async Task CreateAsync(DemoPbx demo, CancellationToken ct)
    {
        var pbxs = new PbxService.PbxServiceClient(channel);
        try
        {
            await pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = demo.Pbx }, cancellationToken: ct);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // Somebody tried the commands of the last run on it: the demo takes it as it is.
            screen.Line($"{demo.Pbx.PbxId} was changed since it was created ({e.Status.Detail}); it stays as it is");
        }

        if (demo.Users.Count > 0)
            await pbxs.SetUsersAsync(new SetUsersRequest { PbxId = demo.Pbx.PbxId, UserIds = { demo.Users } }, cancellationToken: ct);
        var dids = new DidService.DidServiceClient(channel);
        foreach (var (number, kind) in demo.Dids)
            await dids.AddDidAsync(new AddDidRequest { PbxId = demo.Pbx.PbxId, Number = number, Kind = kind }, cancellationToken: ct);
        var now = (await pbxs.GetPbxAsync(new GetPbxRequest { PbxId = demo.Pbx.PbxId }, cancellationToken: ct)).LiveCounts;
        var minutes = now.IncludedSecondsGranted / 60;
        var pbx = demo.Pbx;
        screen.Line($"{pbx.PbxId,-15} {pbx.TimeZone,-16} {pbx.PlanCode,-23} {now.LicensedUsers} users, {minutes} included minutes");
        var numbers = string.Join(", ", demo.Dids.Select(did => $"{did.Number} ({did.Kind.ToString().ToUpperInvariant()})"));
        screen.Line($"{"",-15} {numbers}");
    }
}
