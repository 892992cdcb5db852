using Classound.Api.Tests.Hosting;
using Classound.Storage;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class HealthAndReflectionTests(ApiHost host)
{
    [Fact]
    public async Task StoreOut_OnlyChargeableStopsServing()
    {
        var health = new Health.HealthClient(host.Channel);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.Serving,
            (await health.CheckAsync(new HealthCheckRequest { Service = ClassoundApi.Chargeable })).Status);
        host.Store.IsOut = true;
        try
        {
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest())).Status);
            Assert.Equal(
                HealthCheckResponse.Types.ServingStatus.NotServing,
                (await health.CheckAsync(new HealthCheckRequest { Service = ClassoundApi.Chargeable })).Status);
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

        var health = new Health.HealthClient(host.Channel);
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.Serving,
            (await health.CheckAsync(new HealthCheckRequest { Service = ClassoundApi.Chargeable })).Status);
        var result = await new LedgerHealthCheck((ILedgerStore)(object)host.Store).CheckHealthAsync(new HealthCheckContext());
        Assert.Equal(
            (HealthStatus.Degraded, "the ledger store has lost data: PBX health-alarm was stored as 2:n:0, now as nothing"),
            (result.Status, result.Description));
    }

    [Fact]
    public async Task Reflection_ListsEveryService()
    {
        var client = new ServerReflection.ServerReflectionClient(host.Channel);
        using var call = client.ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var listed = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();
        await call.RequestStream.CompleteAsync();
        Assert.All(Malformed.RpcInvoker.Services, service => Assert.Contains(service.FullName, listed));
        Assert.Contains("grpc.health.v1.Health", listed);
    }
}
