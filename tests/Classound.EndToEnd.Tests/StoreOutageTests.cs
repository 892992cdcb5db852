using System.Diagnostics;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Xunit.Abstractions;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Classound.EndToEnd.Tests;

/// <summary>
/// The store goes away under a serving host, in each way it can, and comes back: chargeable calls are refused at once and repeatable,
/// emergency calls pass, health says which of both, and nobody has to start anything again.
/// </summary>
public sealed class StoreOutageTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Pbx = "outage";
    private const int Rounds = 2;

    // The promise is one second, and what it took is reported. What hangs is DEADLINE_EXCEEDED here, and fails the test; the rest of
    // the time is for a busy machine.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("classound-outage-").FullName;
    private readonly List<string> _settled = [];
    private RedisServer? _redis;

    [SkippableFact]
    public Task Killed_Redis() => Prove(redis => { redis.Kill(); return Task.CompletedTask; }, redis => redis.RestartAsync());

    [SkippableFact]
    public Task Frozen_Redis() => Prove(redis => redis.FreezeAsync(), redis => redis.ThawAsync());

    [SkippableFact]
    public Task Redis_without_memory() => Prove(
        redis => redis.ExecuteAsync("CONFIG", "SET", "maxmemory", "1"), redis => redis.ExecuteAsync("CONFIG", "SET", "maxmemory", "0"));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_redis is not null) await _redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Prove(Func<RedisServer, Task> takeAway, Func<RedisServer, Task> bringBack)
    {
        _redis = await RedisServer.StartAsync("always");
        await using var silo = await SiloProcess.Start(
            _folder, new Dictionary<string, string> { ["Store"] = "redis", ["Redis"] = _redis.Configuration, ["RequireDurableStore"] = "true" });
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        await edge.ProvisionPrices();
        await edge.ProvisionPbx(Pbx, "+39061234567");
        var month = (await edge.Pbxs.GetPbxAsync(new() { PbxId = Pbx })).LiveCounts.UsageMonth;
        for (var round = 1; round <= Rounds; round++)
        {
            await Repeat(() => edge.Calls.AuthorizeCallAsync(Call($"up-{round}")).ResponseAsync);
            await takeAway(_redis);
            try
            {
                await DuringOutage(edge, channel, round);
            }
            finally
            {
                await bringBack(_redis);
            }
            await AfterOutage(edge, channel, round, month);
        }
    }

    private async Task DuringOutage(SampleOperator edge, GrpcChannel channel, int round)
    {
        var health = new Health.HealthClient(channel);
        for (var n = 0; n < 5; n++)
        {
            var clock = Stopwatch.StartNew();
            var refusal = await Assert.ThrowsAsync<RpcException>(
                () => edge.Calls.AuthorizeCallAsync(Call($"new-{round}-{n}"), deadline: DateTime.UtcNow + Promise).ResponseAsync);
            output.WriteLine($"round {round}: {refusal.StatusCode} after {clock.ElapsedMilliseconds} ms");
            Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
            Assert.NotNull(refusal.GetRpcStatus()!.GetDetail<RetryInfo>());

            var emergency = Call($"sos-{round}-{n}");
            emergency.Called = "112";
            Assert.True((await edge.Calls.AuthorizeCallAsync(emergency, deadline: DateTime.UtcNow + Promise)).Grant.Emergency);
        }

        var end = await Assert.ThrowsAsync<RpcException>(() => edge.Calls.EndCallAsync(End($"up-{round}")).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.Equal(ServingStatus.NotServing, (await health.CheckAsync(new() { Service = "chargeable" })).Status);
        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new())).Status);
    }

    private async Task AfterOutage(SampleOperator edge, GrpcChannel channel, int round, string month)
    {
        var clock = Stopwatch.StartNew();
        await Repeat(() => edge.Calls.AuthorizeCallAsync(Call($"after-{round}"), deadline: DateTime.UtcNow + Promise).ResponseAsync);
        output.WriteLine($"round {round}: authorised again {clock.ElapsedMilliseconds} ms after the store was back");

        // What got no answer, or a refusal, is repeated unchanged. The calls that were refused may be placed now, each once.
        string[] mine = [$"up-{round}", .. Enumerable.Range(0, 5).Select(n => $"new-{round}-{n}"), $"after-{round}"];
        foreach (var call in mine.Skip(1)) await Repeat(() => edge.Calls.AuthorizeCallAsync(Call(call)).ResponseAsync);
        foreach (var call in mine)
        {
            var settlement = await Repeat(() => edge.Calls.EndCallAsync(End(call)).ResponseAsync);
            Assert.Equal(60, settlement.Settlement.CallSeconds);
            _settled.Add(call);
        }

        var health = new Health.HealthClient(channel);
        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new() { Service = "chargeable" })).Status);
        Assert.Equal(_settled.Order(), (await edge.RatedCalls(Pbx, month)).Select(call => call.CallId).Order());
        Assert.Equal((_settled.Count, _settled.Count * 60L), await Sums(edge, month));
        Assert.Empty(await edge.ActiveCalls(Pbx));
    }

    private static async Task<(long, long)> Sums(SampleOperator edge, string month)
    {
        var totals = await edge.Totals(Pbx, month);
        Assert.Equal(totals.Sum.IncludedSeconds, totals.IncludedSecondsUsed);
        return (totals.Sum.Calls, totals.Sum.CallSeconds);
    }

    private static async Task<T> Repeat<T>(Func<Task<T>> ask)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded && clock.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100)); // an edge's pause
            }
        }
    }

    private static AuthorizeCallRequest Call(string id) => new()
    {
        PbxId = Pbx, CallId = id, Direction = CallDirection.Outbound, Caller = "+39061234567", Called = "+390212345678",
    };

    private static EndCallRequest End(string id) => new() { PbxId = Pbx, CallId = id, DurationMs = 60_000 };
}
