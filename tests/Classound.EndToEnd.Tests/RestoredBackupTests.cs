using System.Diagnostics;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;
using Google.Rpc;
using Grpc.Core;

namespace Classound.EndToEnd.Tests;

/// <summary>A backup is restored that is older than what a billing system has already read: it is told, and nothing is skipped.</summary>
public sealed class RestoredBackupTests : IDisposable
{
    private const string Pbx = "restored";

    private readonly string _folder = Directory.CreateTempSubdirectory("classound-restore-").FullName;
    private readonly Dictionary<string, string> _settings = new() { ["Partitions"] = "4" };

    [Fact]
    public async Task Sqlite_file_of_before_the_token_IsDataLoss()
    {
        var data = Path.Combine(_folder, "data");
        await Prove(() => Task.CompletedTask, () => { }, data);
    }

    [SkippableFact]
    public async Task Redis_files_of_before_the_token_AreDataLoss()
    {
        await using var redis = await RedisServer.StartAsync("always");
        _settings["Store"] = "redis";
        _settings["Redis"] = redis.Configuration;
        redis.Kill();
        await Prove(redis.RestartAsync, redis.Kill, redis.Folder);
    }

    [SkippableFact]
    public async Task Redis_restored_under_a_running_host_RaisesTheAlarm_AndCallsGoOn()
    {
        await using var redis = await RedisServer.StartAsync("always");
        _settings["Store"] = "redis";
        _settings["Redis"] = redis.Configuration;
        await using var silo = await SiloProcess.Start(Path.Combine(_folder, "data"), _settings);
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        await edge.ProvisionPrices();
        await edge.ProvisionPbx(Pbx, "+39061234567");
        await Settle(edge, "a1");
        redis.Kill();
        Copy(redis.Folder, Path.Combine(_folder, "backup"));
        await redis.RestartAsync();
        await Settle(edge, "a2", "a3");
        Assert.DoesNotContain("THE STORE HAS LOST DATA", silo.Output, StringComparison.Ordinal);

        redis.Kill();
        redis.EmptyFolder();
        Directory.Delete(redis.Folder);
        Copy(Path.Combine(_folder, "backup"), redis.Folder);
        await redis.RestartAsync();

        var partition = Storage.PbxPartition.Of(Pbx, 4);
        await UntilSaid(silo, $"THE STORE HAS LOST DATA: the feed of partition {partition} ended at 3, now at 1.");
        await Settle(edge, "a4");
        var month = (await edge.Pbxs.GetPbxAsync(new() { PbxId = Pbx })).LiveCounts.UsageMonth;
        Assert.Equal(["a1", "a4"], (await List(edge, month, "")).Calls.Select(call => call.CallId));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task Prove(Func<Task> startStore, Action stopStore, string data)
    {
        string early = "", late = "", month = "";
        await Run(startStore, stopStore, async edge =>
        {
            await edge.ProvisionPrices();
            await edge.ProvisionPbx(Pbx, "+39061234567");
            await Settle(edge, "a1", "a2", "a3");
            month = (await edge.Pbxs.GetPbxAsync(new() { PbxId = Pbx })).LiveCounts.UsageMonth;
            early = (await List(edge, month, "")).ResumeToken;
        });
        Copy(data, Path.Combine(_folder, "backup"));
        await Run(startStore, stopStore, async edge =>
        {
            await Settle(edge, "b1", "b2");
            var page = await List(edge, month, early);
            Assert.Equal(["b1", "b2"], page.Calls.Select(call => call.CallId));
            late = page.ResumeToken;
        });

        Directory.Delete(data, recursive: true);
        Copy(Path.Combine(_folder, "backup"), data);
        await Run(startStore, stopStore, async edge =>
        {
            await IsDataLoss(edge, month, late); // there is nothing at its place
            await Settle(edge, "c1", "c2", "c3");
            await IsDataLoss(edge, month, late); // there is another call at its place
            // What both have in common can be read on from, and the whole month be compared.
            Assert.Equal(["c1", "c2", "c3"], (await List(edge, month, early)).Calls.Select(call => call.CallId));
            Assert.Equal(["a1", "a2", "a3", "c1", "c2", "c3"], (await List(edge, month, "")).Calls.Select(call => call.CallId));
        }, silo => CommandLineSaysIt(silo, month, late));
    }

    private async Task Run(
        Func<Task> startStore, Action stopStore, Func<SampleOperator, Task> body, Func<SiloProcess, Task>? andThen = null)
    {
        await startStore();
        await using (var silo = await SiloProcess.Start(Path.Combine(_folder, "data"), _settings))
        {
            using var channel = silo.Connect();
            await body(new SampleOperator(channel));
            if (andThen is not null) await andThen(silo);
        }
        stopStore();
    }

    private static async Task UntilSaid(SiloProcess silo, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!silo.Output.Contains(text, StringComparison.Ordinal)) await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
    }

    // As an edge does: the store may just have come back, and a busy machine may not decide within a second.
    private static async Task Repeat(Func<Task> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ask();
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && attempt < 300)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static async Task IsDataLoss(SampleOperator edge, string month, string token)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => List(edge, month, token));
        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
        var info = error.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal("RATED_CALL_LOST", info.Reason);
        Assert.Equal(("5", Pbx, month), (info.Metadata["sequence"], info.Metadata["pbx_id"], info.Metadata["billing_month"]));
        Assert.Equal(Storage.PbxPartition.Of(Pbx, 4).ToString(System.Globalization.CultureInfo.InvariantCulture), info.Metadata["partition"]);
    }

    private static async Task CommandLineSaysIt(SiloProcess silo, string month, string token)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[]
            { Path.Combine(AppContext.BaseDirectory, "classound.dll"), "rated-calls", Pbx, month, "--after", token, "--server", silo.Address })
        {
            start.ArgumentList.Add(argument);
        }
        using var cli = Process.Start(start)!;
        var output = cli.StandardOutput.ReadToEndAsync();
        var errors = await cli.StandardError.ReadToEndAsync();
        await cli.WaitForExitAsync();
        Assert.NotEqual(0, cli.ExitCode);
        Assert.StartsWith("DataLoss: The rated call after which to go on is no longer stored: number 5 of partition ", errors, StringComparison.Ordinal);
        Assert.Contains($"PBX {Pbx}, month {month}", errors, StringComparison.Ordinal);
        Assert.Equal("", await output);
    }

    private static async Task<ListRatedCallsResponse> List(SampleOperator edge, string month, string token) =>
        await edge.Billing.ListRatedCallsAsync(new ListRatedCallsRequest { PbxId = Pbx, BillingMonth = month, PageToken = token });

    private static async Task Settle(SampleOperator edge, params string[] calls)
    {
        foreach (var id in calls)
        {
            await Repeat(() => edge.Calls.AuthorizeCallAsync(new AuthorizeCallRequest
            {
                PbxId = Pbx, CallId = id, Direction = CallDirection.Outbound, Caller = "+39061234567", Called = "+390212345678",
            }).ResponseAsync);
            await Repeat(() => edge.Calls.EndCallAsync(new EndCallRequest { PbxId = Pbx, CallId = id, DurationMs = 60_000 }).ResponseAsync);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
