using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;
using Google.Rpc;
using Grpc.Core;

namespace Classound.EndToEnd.Tests;

/// <summary>
/// The README's commands for backup and restore: taken while calls are settled, restored into an empty installation. What was
/// acknowledged before is there, totals are the sum of the feed, and a billing system that is ahead is told.
/// </summary>
public sealed class BackupRunbookTests : IDisposable
{
    private const int CallsEachTime = 5;

    private static readonly string[] Pbxs = ["milan", "rome"];

    private readonly TemporaryFolder _folder = new();

    private string Backup => Directory.CreateDirectory(Path.Combine(_folder.Path, "backup")).FullName;

    private string Tools => Directory.CreateDirectory(Path.Combine(_folder.Path, "tools")).FullName;

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task EmbeddedStore_IsBackedUpWhileItServes_AndRestored()
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(path => File.Exists(Path.Combine(path, "sqlite3"))), "sqlite3 is not on the PATH");
        var (old, restored) = (Path.Combine(_folder.Path, "old"), Directory.CreateDirectory(Path.Combine(_folder.Path, "new")).FullName);
        var seen = await Serve(old, [], () => Runbook.Run(Given(old) + Runbook.Block("Back up the embedded store"), Tools));
        await Runbook.Run(Given(restored) + Runbook.Block("Restore the embedded store"), Tools);
        await IsRestored(restored, [], seen);
    }

    [SkippableTheory]
    [InlineData("on_redis() { \"$@\"; }")]
    [InlineData("on_redis() { kubectl -n classound exec -i redis-0 -- \"$@\"; }")]
    public async Task Redis_IsBackedUpWhileItServes_AndRestored(string whereRedisIs)
    {
        Assert.Contains(whereRedisIs, Runbook.Block("Where Redis is"), StringComparison.Ordinal);
        await using var old = await RedisServer.StartAsync("always");
        await using var restored = await RedisServer.StartAsync("always");
        var seen = await Serve(_folder.Path, On(old), () => RunOn(old, whereRedisIs, "Back up Redis"));
        old.Kill();

        await RunOn(restored, whereRedisIs, "Restore Redis");
        await restored.WaitForExitAsync();
        await restored.RestartAsync(); // as systemd or Kubernetes does
        await IsRestored(_folder.Path, On(restored), seen);
    }

    private static Dictionary<string, string> On(RedisServer redis) => new() { ["Store"] = "redis", ["Redis"] = redis.Configuration };

    private string Given(string data) => $"data='{data}'\nbackup='{Backup}'\n";

    private async Task RunOn(RedisServer redis, string whereRedisIs, string block)
    {
        Tool("redis-cli", $"exec /usr/bin/env PATH=\"${{PATH#*:}}\" redis-cli -p {redis.Port} \"$@\"");
        // In place of a pod: what comes after "--" runs with nothing of the caller's but its standard streams.
        Tool("kubectl", "while [ \"$1\" != -- ]; do shift; done; shift; cd /; exec env -i PATH=\"$PATH\" \"$@\"");
        var cli = Runbook.Block("Where Redis is").Split('\n')[^1];
        await Runbook.Run($"{Given(redis.Folder)}{whereRedisIs}\n{cli}\n{Runbook.Block(block)}", Tools);
    }

    private void Tool(string name, string command)
    {
        var file = Path.Combine(Tools, name);
        File.WriteAllText(file, "#!/bin/sh\n" + command + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    /// <summary>What the outside knows of the installation that is lost.</summary>
    /// <param name="Month">In which all of it was billed.</param>
    /// <param name="Before">Acknowledged as settled before the backup began.</param>
    /// <param name="Feed">By PBX, as a billing system has read it at the end.</param>
    /// <param name="Token">Of the billing system, by PBX.</param>
    private sealed record Seen(
        string Month, IReadOnlyList<RatedCall> Before, IReadOnlyDictionary<string, IReadOnlyList<RatedCall>> Feed, IReadOnlyDictionary<string, string> Token);

    /// <summary>Serves calls before, during and after the backup, until the machine is gone.</summary>
    private static async Task<Seen> Serve(string folder, Dictionary<string, string> settings, Func<Task> backUp)
    {
        await using var silo = await SiloProcess.Start(folder, settings);
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        await edge.ProvisionPrices();
        foreach (var (pbx, number) in Pbxs.Zip(["+39061234567", "+39021234567"])) await edge.ProvisionPbx(pbx, number);
        var before = new List<RatedCall>();
        for (var call = 0; call < CallsEachTime; call++) before.AddRange(await Settle(edge, $"before-{call}"));

        using var backedUp = new CancellationTokenSource();
        var traffic = SettleUntil(edge, backedUp.Token);
        await backUp();
        await backedUp.CancelAsync();
        Assert.True(await traffic > 0, "no call was settled while the backup was taken");
        for (var call = 0; call < CallsEachTime; call++) await Settle(edge, $"after-{call}");

        var month = before[0].BillingMonth;
        var (feed, token) = (new Dictionary<string, IReadOnlyList<RatedCall>>(), new Dictionary<string, string>());
        foreach (var pbx in Pbxs)
        {
            feed[pbx] = await edge.RatedCalls(pbx, month);
            token[pbx] = await TokenBehind(edge, pbx, month);
        }
        return new Seen(month, before, feed, token);
    }

    private static async Task IsRestored(string folder, Dictionary<string, string> settings, Seen seen)
    {
        await using var silo = await SiloProcess.Start(folder, settings);
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        foreach (var pbx in Pbxs)
        {
            var feed = await edge.RatedCalls(pbx, seen.Month);
            Assert.Equal(seen.Before.Where(call => call.PbxId == pbx), feed.Take(CallsEachTime));
            // A beginning of what there was, without a gap.
            Assert.Equal(seen.Feed[pbx].Take(feed.Count), feed);
            Assert.InRange(feed.Count, CallsEachTime, seen.Feed[pbx].Count - CallsEachTime);
            var sum = (await edge.Totals(pbx, seen.Month)).Sum;
            Assert.Equal(
                (feed.Count, feed.Sum(call => (long)call.CallSeconds), feed.Sum(call => call.Charges.Sum(charge => charge.AmountNanos))),
                (sum.Calls, sum.CallSeconds, sum.ChargeNanos));
            var error = await Assert.ThrowsAsync<RpcException>(() => edge.Billing.ListRatedCallsAsync(
                new ListRatedCallsRequest { PbxId = pbx, BillingMonth = seen.Month, PageToken = seen.Token[pbx] }).ResponseAsync);
            Assert.Equal((StatusCode.DataLoss, "RATED_CALL_LOST"), (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
        }
        // Prices, users and numbers too: calls go on.
        Assert.All(await Settle(edge, "again"), call => Assert.Equal(seen.Month, call.BillingMonth));
    }

    private static async Task<int> SettleUntil(SampleOperator edge, CancellationToken end)
    {
        var settled = 0;
        for (; !end.IsCancellationRequested; settled++) await Settle(edge, $"during-{settled}");
        return settled;
    }

    private static async Task<IReadOnlyList<RatedCall>> Settle(SampleOperator edge, string id)
    {
        var settled = new List<RatedCall>();
        foreach (var (pbx, number) in Pbxs.Zip(["+39061234567", "+39021234567"]))
        {
            await ClusterStartTests.Answered(() => edge.Calls.AuthorizeCallAsync(new AuthorizeCallRequest
            {
                PbxId = pbx, CallId = id, Direction = CallDirection.Outbound, Caller = number, Called = "+33123456789",
            }));
            var end = await ClusterStartTests.Answered(() => edge.Calls.EndCallAsync(new EndCallRequest { PbxId = pbx, CallId = id, DurationMs = 61_000 }));
            settled.Add(end.Settlement);
        }
        return settled;
    }

    private static async Task<string> TokenBehind(SampleOperator edge, string pbx, string month)
    {
        var page = new ListRatedCallsResponse();
        do
        {
            page = await edge.Billing.ListRatedCallsAsync(
                new ListRatedCallsRequest { PbxId = pbx, BillingMonth = month, PageSize = 1000, PageToken = page.NextPageToken });
        }
        while (page.NextPageToken.Length > 0);
        return page.ResumeToken;
    }
}
