using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Grpc.Health.V1;

namespace Classound.EndToEnd.Tests;

/// <summary>A host whose Redis is a cluster of three nodes; one of them dies and comes back.</summary>
public sealed class RedisClusterTests : IDisposable
{
    private const int Pbxs = 9;
    private const int Partitions = 16;

    private readonly string _folder = Directory.CreateTempSubdirectory("classound-on-cluster-").FullName;

    [SkippableFact]
    public async Task Dead_node_StopsItsOwnPbxsOnly_AndLosesNothing()
    {
        await using var redis = await RedisClusterNodes.StartAsync("always");
        await using var silo = await SiloProcess.Start(_folder, new Dictionary<string, string>
        {
            ["Store"] = "redis", ["Redis"] = redis.Configuration, ["RequireDurableStore"] = "true", ["Partitions"] = $"{Partitions}",
        });
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        await edge.ProvisionPrices();
        for (var n = 0; n < Pbxs; n++) await edge.ProvisionPbx(Name(n), Did(n));
        var month = (await edge.Pbxs.GetPbxAsync(new() { PbxId = Name(0) })).LiveCounts.UsageMonth;
        for (var n = 0; n < Pbxs; n++) await PlaceInTime(edge, n, "before");

        var victim = await NodeOf(redis, 0);
        victim.Kill();
        var alive = new List<int>();
        for (var n = 0; n < Pbxs; n++)
        {
            if (await NodeOf(redis, n) != victim) alive.Add(n);
            else Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => Place(edge, n, "during"))).StatusCode);
        }
        Assert.NotEmpty(alive);
        foreach (var n in alive) await PlaceInTime(edge, n, "during");
        var health = await new Health.HealthClient(channel).CheckAsync(new() { Service = "chargeable" });
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);

        await victim.RestartAsync();
        await redis.UntilServingAsync();
        for (var n = 0; n < Pbxs; n++)
        {
            await PlaceInTime(edge, n, "after");
            string[] expected = alive.Contains(n) ? ["before", "during", "after"] : ["before", "after"];
            Assert.Equal(expected, (await edge.RatedCalls(Name(n), month)).Select(call => call.CallId));
            Assert.Equal(expected.Length, (await edge.Totals(Name(n), month)).Sum.Calls);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<RedisServer> NodeOf(RedisClusterNodes redis, int pbx) =>
        redis.NodeOfAsync($"{{p{Storage.PbxPartition.Of(Name(pbx), Partitions):D3}}}");

    private static async Task Place(SampleOperator edge, int pbx, string call)
    {
        await edge.Calls.AuthorizeCallAsync(new AuthorizeCallRequest
        {
            PbxId = Name(pbx), CallId = call, Direction = CallDirection.Outbound, Caller = Did(pbx), Called = "+390212345678",
        });
        await edge.Calls.EndCallAsync(new EndCallRequest { PbxId = Name(pbx), CallId = call, DurationMs = 60_000 });
    }

    // A node that was away takes writes two seconds after the others know it again; a busy machine may not decide within a second.
    private static async Task PlaceInTime(SampleOperator edge, int pbx, string call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Place(edge, pbx, call);
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static string Name(int pbx) => $"clustered-{pbx}";

    private static string Did(int pbx) => $"+3906123450{pbx}";
}
