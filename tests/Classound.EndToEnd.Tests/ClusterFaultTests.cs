using System.Diagnostics;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace Classound.EndToEnd.Tests;

/// <summary>Not beside other tests: what is observed is time, and silos fill the machine.</summary>
[CollectionDefinition("cluster faults", DisableParallelization = true)]
public sealed class ClusterFaults;

/// <summary>What edges notice when Redis goes; silos that go are a matter of Classound.Cluster.Tests.</summary>
[Collection(Alone)]
public sealed class ClusterFaultTests(ITestOutputHelper output)
{
    private const string Alone = "cluster faults";
    private const int Pbxs = 6;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task RedisKilledAndStartedAgain_EverythingWorksAgain_WithoutARestart()
    {
        await using var cluster = await SiloCluster.Start(2);
        using var channels = new Channels(cluster);
        await Provision(channels);

        cluster.Redis.Kill();
        foreach (var edge in channels.Edges)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => Authorize(edge, "pbx-0", "during"));
            Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        }
        await cluster.Redis.RestartAsync();
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, 2 * Pbxs).Select(async n =>
        {
            await Call(channels.Edges[n % 2], $"pbx-{n / 2}", $"after-{n}", Wait);
            return clock.Elapsed;
        }));
        // Grain state: a number's owner; it has a connection of its own, which may be back later than the ledger's. Membership: another silo joins.
        await ClusterStartTests.Answered(() => channels.Edges[1].ProvisionPbx("pbx-new", "+390699999999"));
        var stateful = clock.Elapsed;
        cluster.Silos.Add(await cluster.StartSilo());
        Assert.Contains("3 active", cluster.Silos[2].Output, StringComparison.Ordinal);
        output.WriteLine(
            $"Redis back: every PBX through every silo after {times.Max().TotalSeconds:F1} s (first {times.Min().TotalSeconds:F1} s), provisioning after {stateful.TotalSeconds:F1} s; a third silo joins");
    }

    [SkippableFact]
    public async Task SiloToldToStop_WhileRedisIsAway_EndsAllTheSame()
    {
        await using var cluster = await SiloCluster.Start(1);
        cluster.Redis.Kill();
        await cluster.Silos[0].Terminate();
        Assert.Equal(137, await cluster.Silos[0].WaitForExit()); // by its own hand: it could not say that it left
        Assert.Contains("could not leave the cluster within 25 s; ending without, nothing is lost", cluster.Silos[0].Output, StringComparison.Ordinal);
    }

    private static async Task Provision(Channels channels)
    {
        await channels.Edges[0].ProvisionPrices();
        for (var pbx = 0; pbx < Pbxs; pbx++) await channels.Edges[0].ProvisionPbx($"pbx-{pbx}", Did($"pbx-{pbx}"));
        // Prices reach the other silos within their poll.
        for (var pbx = 0; pbx < Pbxs; pbx++)
        {
            foreach (var edge in channels.Edges) await Call(edge, $"pbx-{pbx}", "first", Wait);
        }
    }

    private static async Task Call(SampleOperator edge, string pbx, string id, TimeSpan wait)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if ((await Authorize(edge, pbx, id)).Grant is not null) return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && clock.Elapsed < wait)
            {
                // asked again below
            }
            Assert.True(clock.Elapsed < wait, $"{pbx} grants nothing");
            await Task.Delay(50);
        }
    }

    private static Task<AuthorizeCallResponse> Authorize(SampleOperator edge, string pbx, string id) => edge.Calls.AuthorizeCallAsync(
        new AuthorizeCallRequest
        {
            PbxId = pbx, CallId = id, Direction = CallDirection.Outbound, Caller = Did(pbx), Called = "+33123456789", CanExtend = true,
        }).ResponseAsync;

    private static string Did(string pbx) => "+39061234" + pbx[4..].PadLeft(4, '0');
}
