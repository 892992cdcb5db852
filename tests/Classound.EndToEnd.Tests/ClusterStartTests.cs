using System.Diagnostics;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Xunit.Abstractions;

namespace Classound.EndToEnd.Tests;

/// <summary>Processes that become one cluster, or say why they cannot.</summary>
public sealed class ClusterStartTests(ITestOutputHelper output)
{
    private const string Did = "+39061234567";

    [SkippableFact]
    public async Task SilosOnOneRedis_AreOneCluster_AndAnyServesEveryCall()
    {
        await using var cluster = await SiloCluster.Start(2);
        cluster.Silos.Add(await cluster.StartSilo());
        Assert.Contains("3 active", cluster.Silos[2].Output, StringComparison.Ordinal);
        using var channels = new Channels(cluster);
        var edges = channels.Edges;
        await edges[0].ProvisionPrices();
        await edges[1].ProvisionPbx("rome", Did);
        var did = (byte[])(await cluster.Redis.ExecuteAsync("HGET", $"classound/state/did/{Did[1..]}/did", "data"))!;
        Assert.Equal(1, did[0]); // the format of grain state, not JSON
        for (var n = 0; n < 9; n++)
        {
            var (first, second, third) = (edges[n % 3], edges[(n + 1) % 3], edges[(n + 2) % 3]);
            var call = new AuthorizeCallRequest
            {
                PbxId = "rome", CallId = $"c{n}", Direction = CallDirection.Outbound, Caller = Did, Called = "+33123456789", CanExtend = true,
            };
            Assert.NotNull((await Answered(() => first.Calls.AuthorizeCallAsync(call))).Grant);
            var end = new EndCallRequest { PbxId = "rome", CallId = call.CallId, DurationMs = 61_000 };
            var settled = await second.Calls.EndCallAsync(end);
            Assert.Equal(61_000_000, Assert.Single(settled.Settlement.Charges).AmountNanos);
            Assert.Equal(settled.Settlement, (await third.Calls.EndCallAsync(end)).Settlement);
        }
    }

    [SkippableFact]
    public async Task AllSilosKilled_StartAgain_WithoutWaitingLongForTheDeadOnes()
    {
        await using var cluster = await SiloCluster.Start(3);
        using (var channels = new Channels(cluster))
        {
            await channels.Edges[0].ProvisionPrices();
            await channels.Edges[0].ProvisionPbx("rome", Did);
            foreach (var edge in channels.Edges) await Answered(() => edge.Pbxs.GetPbxAsync(new() { PbxId = "rome" }));
        }
        await cluster.KillSilos();
        var clock = Stopwatch.StartNew();
        await cluster.StartSilos(3);
        var ready = clock.Elapsed;
        using var again = new Channels(cluster);
        foreach (var edge in again.Edges) await Answered(() => edge.Pbxs.GetPbxAsync(new() { PbxId = "rome" }));
        output.WriteLine(
            $"all silos killed: 3 new ones at other addresses are ready after {ready.TotalSeconds:F1} s; each answers for a PBX after {clock.Elapsed.TotalSeconds:F1} s");
    }

    [Fact]
    public async Task SecondSiloOnASqliteFolder_IsRefused_WithTheReasonAndTheWayOut()
    {
        var folder = Directory.CreateTempSubdirectory("classound-second-").FullName;
        try
        {
            await using var first = await SiloProcess.Start(folder);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloProcess.Start(folder));
            output.WriteLine(refused.Message);
            Assert.Contains("stopped with 1", refused.Message, StringComparison.Ordinal);
            Assert.Contains(folder, refused.Message, StringComparison.Ordinal);
            Assert.Contains("several silos share a Redis instead (--store redis)", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task RedisThatNeverAnswers_IsWaitedFor_AndThenRefused()
    {
        var folder = Directory.CreateTempSubdirectory("classound-wait-").FullName;
        var settings = new Dictionary<string, string>
        {
            ["Store"] = "redis", ["Redis"] = $"127.0.0.1:{Ports.Free()}", ["RedisWaitSeconds"] = "10",
        };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloProcess.Start(folder, settings));
        output.WriteLine(refused.Message);
        Assert.Contains("stopped with 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("waiting for Redis at 127.0.0.1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Classound:Redis", refused.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [SkippableFact]
    public async Task RedisThatCouldForget_IsRefused_WhereADurableStoreIsRequired()
    {
        await using var redis = await RedisServer.StartAsync("everysec");
        var settings = new Dictionary<string, string> { ["Store"] = "redis", ["Redis"] = redis.Configuration, ["RequireDurableStore"] = "true" };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloProcess.Start("unused", settings));
        output.WriteLine(refused.Message);
        Assert.Contains("stopped with 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("appendfsync", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>As an edge does it: what is UNAVAILABLE is repeated. A new cluster takes a moment to load prices everywhere.</summary>
    internal static async Task<T> Answered<T>(Func<AsyncUnaryCall<T>> call)
    {
        T answer = default!;
        await Answered(async () => answer = await call());
        return answer;
    }

    /// <summary>The same, of several requests together.</summary>
    internal static async Task Answered(Func<Task> calls)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await calls();
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && attempt < 60)
            {
                await Task.Delay(250);
            }
        }
    }
}
