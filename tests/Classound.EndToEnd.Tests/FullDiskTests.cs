using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Faults;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Grpc.Health.V1;
using Xunit.Abstractions;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Classound.EndToEnd.Tests;

/// <summary>
/// The disk of the store fills under a serving host. Calls are refused once there is really no room, none is half there, and
/// everything works again when there is space: nobody starts anything again.
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const string Pbx = "full";
    private const int Rounds = 2;
    private const int RefusalsInARow = 10;
    private const int MostCalls = 5000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _placed = [];
    private readonly HashSet<string> _unanswered = [];

    [SkippableFact]
    public async Task Sqlite()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        await Prove(disk, Path.Combine(disk.Folder, "data"), []);
    }

    [SkippableFact]
    public async Task Redis_that_syncs_every_second()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        await using var redis = await RedisServer.StartAsync("everysec", "--dir", disk.Folder);
        await Prove(disk, redis.Folder, new() { ["Store"] = "redis", ["Redis"] = redis.Configuration });
    }

    private async Task Prove(SmallDisk disk, string folder, Dictionary<string, string> settings)
    {
        await using var silo = await SiloProcess.Start(folder, settings);
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        var health = new Health.HealthClient(channel);
        await edge.ProvisionPrices();
        await edge.ProvisionPbx(Pbx, "+39061234567");
        var month = (await edge.Pbxs.GetPbxAsync(new() { PbxId = Pbx })).LiveCounts.UsageMonth;
        for (var round = 1; round <= Rounds; round++)
        {
            disk.Fill();
            var before = _placed.Count;
            await PlaceUntilRefused(edge, round);
            output.WriteLine($"round {round}: {_placed.Count - before - RefusalsInARow} calls found room in what was allocated already");
            var emergency = Call($"sos-{round}");
            emergency.Called = "112";
            Assert.True((await edge.Calls.AuthorizeCallAsync(emergency)).Grant.Emergency);
            Assert.Equal(ServingStatus.NotServing, (await health.CheckAsync(new() { Service = "chargeable" })).Status);
            Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new())).Status);
            Assert.Subset(_placed, (await edge.RatedCalls(Pbx, month)).Select(call => call.CallId).ToHashSet()); // reads go on

            disk.Free();
            foreach (var call in _unanswered.Order().ToList()) await Repeat(() => Place(edge, call));
            Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new() { Service = "chargeable" })).Status);
            Assert.Equal(_placed.Order(), (await edge.RatedCalls(Pbx, month)).Select(call => call.CallId).Order());
            var totals = await edge.Totals(Pbx, month);
            Assert.Equal((_placed.Count, _placed.Count * 60L, 0L), (totals.Sum.Calls, totals.IncludedSecondsUsed, totals.IncludedSecondsHeld));
        }
    }

    private async Task PlaceUntilRefused(SampleOperator edge, int round)
    {
        var refused = 0;
        for (var n = 0; refused < RefusalsInARow; n++)
        {
            Assert.True(n < MostCalls, "the disk is full, and calls go on");
            try
            {
                await Place(edge, $"{round}-{n}");
                refused = 0;
            }
            catch (RpcException e)
            {
                Assert.Equal(StatusCode.Unavailable, e.StatusCode);
                refused++;
            }
        }
    }

    private async Task<bool> Place(SampleOperator edge, string id)
    {
        _placed.Add(id);
        _unanswered.Add(id);
        await edge.Calls.AuthorizeCallAsync(Call(id));
        await edge.Calls.EndCallAsync(new EndCallRequest { PbxId = Pbx, CallId = id, DurationMs = 60_000 });
        return _unanswered.Remove(id);
    }

    private static async Task Repeat(Func<Task> ask)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await ask();
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && !limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None); // an edge's pause
            }
        }
    }

    private static AuthorizeCallRequest Call(string id) => new()
    {
        PbxId = Pbx, CallId = id, Direction = CallDirection.Outbound, Caller = "+39061234567", Called = "+390212345678",
    };
}
