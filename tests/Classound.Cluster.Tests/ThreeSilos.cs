using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace Classound.Cluster.Tests;

/// <summary>Three silos on one Redis that syncs always, with a few PBXs; once for a class of tests that leave it running.</summary>
public sealed class ThreeSilos : IAsyncLifetime
{
    private int _used;

    // As an edge does: what got no answer is sent again. A silo that was just started, on a machine that is busy, misses its
    // 900 ms with the first call of its life.
    private static readonly ServiceConfig Repeating = new()
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 5, InitialBackoff = TimeSpan.FromMilliseconds(250), MaxBackoff = TimeSpan.FromSeconds(4), BackoffMultiplier = 2,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            },
        },
    };

    private readonly List<GrpcChannel> _channels = [];

    internal ClusterRig Rig { get; private set; } = null!;

    internal IReadOnlyList<WorkPbx> Pbxs { get; } = [.. Enumerable.Range(0, 12).Select(number => new WorkPbx(number))];

    public async Task InitializeAsync()
    {
        if (!RedisServer.IsInstalled) return;
        Rig = await ClusterRig.Start(new Journal(null, "three-silos"), 3, "always");
        await new Operator(Rig.Nodes[0].Channel).Provision(Pbxs);
        _channels.AddRange(Rig.Nodes.Select(node => GrpcChannel.ForAddress("http://" + node.Channel.Target, new GrpcChannelOptions { ServiceConfig = Repeating })));
    }

    public async Task DisposeAsync()
    {
        if (Rig is null) return;
        foreach (var channel in _channels) channel.Dispose();
        await Rig.DisposeAsync();
        Rig.Journal.Dispose();
    }

    /// <summary>A PBX that no test has used yet.</summary>
    internal WorkPbx NextPbx()
    {
        Skip.If(Rig is null, "redis-server is not on the PATH");
        return Pbxs.Where(pbx => !pbx.PerUser).ElementAt(_used++);
    }

    internal CallService.CallServiceClient Calls(int silo) => new(_channels[silo % _channels.Count]);

    internal static AuthorizeCallRequest Ask(WorkPbx pbx, string callId, string called = "+33123456789") => new()
    {
        PbxId = pbx.Id, CallId = callId, Direction = CallDirection.Outbound, Caller = pbx.Did, Called = called, CanExtend = true,
        RequestedSeconds = 60,
    };
}
