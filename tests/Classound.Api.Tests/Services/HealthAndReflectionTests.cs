using Classound.Api.Tests.Hosting;
using Classound.Api.Tests.Malformed;
using Classound.Storage;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class HealthAndReflectionTests(ApiHost host)
{
    [Fact]
    public async Task StoreOut_OnlyChargeableStopsServing()
    {
        Assert.All(await HealthOfAll(), found => Assert.Equal((ServingStatus.Serving, ServingStatus.Serving), found));
        host.Store.IsOut = true;
        try
        {
            Assert.All(await HealthOfAll(), found => Assert.Equal((ServingStatus.Serving, ServingStatus.NotServing), found));
        }
        finally
        {
            host.Store.IsOut = false;
        }
    }

    [Fact]
    public async Task StoreThatLostData_GoesOnServing_AndHealthSaysWhat()
    {
        DataLossAlarm.Check(NullLogger.Instance, "health-alarm", new LedgerVersion(2, "n", 0), null);

        Assert.All(await HealthOfAll(), found => Assert.Equal(ServingStatus.Serving, found.Chargeable));
        var result = await new LedgerHealthCheck(host.Ledger).CheckHealthAsync(new HealthCheckContext());
        Assert.Equal(
            (HealthStatus.Degraded, "the ledger store has lost data: PBX health-alarm was stored as 2:n:0, now as nothing"),
            (result.Status, result.Description));
    }

    [Fact]
    public async Task Reflection_ListsWhatAProcessHas_AndNoOther()
    {
        foreach (var (services, rpcs) in host.Processes)
        {
            using var call = new ServerReflection.ServerReflectionClient(rpcs).ServerReflectionInfo();
            await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            var listed = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();
            await call.RequestStream.CompleteAsync();

            Assert.Contains("grpc.health.v1.Health", listed);
            Assert.Equal(
                RpcInvoker.Services.Where(service => services.Contains(service.File.Package.Split('.')[1])).Select(service => service.FullName).Order(),
                listed.Where(name => name.StartsWith("classound.", StringComparison.Ordinal)).Order());
        }
    }

    private async Task<IReadOnlyList<(ServingStatus Process, ServingStatus Chargeable)>> HealthOfAll() =>
        await Task.WhenAll(host.Processes.Select(async process => (await HealthOf(process.Rpcs, ""), await HealthOf(process.Rpcs, ClassoundApi.Chargeable))));

    private static async Task<ServingStatus> HealthOf(CallInvoker rpcs, string service) =>
        (await new Health.HealthClient(rpcs).CheckAsync(new HealthCheckRequest { Service = service })).Status;
}
