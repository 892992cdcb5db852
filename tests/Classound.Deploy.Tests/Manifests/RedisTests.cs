using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Classound.EndToEnd.Tests;
using Classound.Storage.Tests.Redis;
using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

/// <summary>The Redis of the overlays: what it is given, and that a primary without its data takes the replica's with it in no case.</summary>
public sealed partial class RedisTests
{
    private const decimal MiB = 1024 * 1024;

    [SkippableTheory]
    [InlineData("dev")]
    [InlineData("production")]
    [InlineData("production+redis-tls+redis-promoted")]
    public async Task Memory_IsEnoughForARewriteOfTheFile(string name)
    {
        var overlay = await Overlay.Build(name);
        var file = Assert.Single(overlay.All<V1ConfigMap>(), map => map.Data.ContainsKey("redis.conf")).Data["redis.conf"];
        var redis = overlay.Workloads.Where(workload => !workload.IsOurs).ToList();
        Assert.NotEmpty(redis);
        foreach (var container in redis.Select(workload => workload.Container))
        {
            // An argument wins over the file.
            var most = decimal.Parse(MaxMemory().Match(string.Join(' ', container.Args ?? []) + file).Groups[1].Value, CultureInfo.InvariantCulture) * MiB;
            Assert.True(container.Resources.Limits["memory"].ToDecimal() >= most * 1.6m, $"{container.Name}: maxmemory {most}");
        }
    }

    [SkippableFact]
    public async Task ThePromotedReplica_IsAPrimary_AndTheOldPrimaryAtMostAReplica()
    {
        var workloads = (await Overlay.Build("production+redis-tls+redis-promoted")).Workloads;
        var (old, promoted) = (workloads.Single(one => one.Name == "redis"), workloads.Single(one => one.Name == "redis-replica"));
        Assert.Equal((0, 1), (old.Replicas, promoted.Replicas));
        Assert.DoesNotContain("--replicaof", promoted.Container.Args);
        Assert.Equal("redis-replica-0.redis-replica 6379", old.Container.Args[old.Container.Args.IndexOf("--replicaof") + 1]);
    }

    [SkippableTheory]
    [InlineData("production+certificate+redis-tls")]
    [InlineData("production+redis-tls+redis-promoted")]
    public async Task OverTls_RedisAndItsReplicaListenToNothingElse_AndTrustEachOther(string name)
    {
        var cli = Tool.Require("redis-cli");
        var overlay = await Overlay.Build(name);
        using var secret = new TemporaryFolder();
        using var authority = new TestAuthority(secret.Path, "ca");
        authority.Issue("tls", "redis");
        File.Copy(authority.File, Path.Combine(secret.Path, "ca.crt"));
        string Here(string text) => text.Replace("/tls/", secret.Path + "/", StringComparison.Ordinal);
        var file = Here(Assert.Single(overlay.All<V1ConfigMap>(), map => map.Data.ContainsKey("tls.conf")).Data["tls.conf"]);
        var options = Here(Variables.Of(overlay.Workloads.Single(one => one.Name == "redis-replica").Container)["REDISCLI_TLS"]).Split(' ');
        string[] Settings(int port) => [.. file.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .SelectMany(line => ("--" + line).Split(' ')).Select(word => word == "6379" ? Text(port) : word)];

        var (first, second) = (Ports.Free(), Ports.Free());
        await using var primary = await RedisServer.StartAsync("always", [.. Settings(first), "--repl-diskless-sync-delay", "0"]);
        await using var replica = await RedisServer.StartAsync("always", [.. Settings(second), "--replicaof", $"127.0.0.1 {Text(first)}"]);
        string[] Ask(int port, params string[] command) => [.. options, "-p", Text(port), .. command];
        // On one connection: WAIT is for what its own has written.
        var acknowledged = await Tool.Run("sh", secret.Path, "-c", $"printf 'set ledger 1\\nwait 1 60000\\n' | {cli} {string.Join(' ', Ask(first))}");
        Assert.Equal(["OK", "1"], acknowledged.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("1", (await Tool.Run(cli, secret.Path, Ask(second, "get", "ledger"))).Trim());
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Tool.Run(cli, secret.Path, "-p", Text(first), "get", "ledger"));
    }

    [SkippableFact]
    public async Task APrimaryWithoutItsData_Starts_OnlyWhereTheReplicaHasNoneEither()
    {
        Tool.Require("redis-cli");
        await using var replica = await RedisServer.StartAsync();
        using var volume = new TemporaryFolder();
        Assert.Equal(0, (await Check(replica, volume.Path)).ExitCode);

        await replica.ExecuteAsync("SET", "a ledger", "1");
        var (exitCode, said) = await Check(replica, volume.Path);
        Assert.Equal(1, exitCode);
        Assert.Contains("redis-replica has 1 keys", said, StringComparison.Ordinal);

        // Without waiting for a replica: it may come later.
        replica.Kill();
        Directory.CreateDirectory(Path.Combine(volume.Path, "appendonlydir"));
        Assert.Equal(0, (await Check(replica, volume.Path)).ExitCode);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The command of the pod, with this machine's folder and server.</summary>
    private static async Task<(int ExitCode, string Said)> Check(RedisServer replica, string volume)
    {
        var primary = (await Overlay.Build("production")).Workloads.Single(workload => workload.Name == "redis");
        var command = Assert.Single(primary.Pod.Spec.InitContainers).Command;
        var script = command[2].Replace("/data/", volume + "/", StringComparison.Ordinal)
            .Replace("-h redis-replica", $"-h 127.0.0.1 -p {Text(replica.Port)}", StringComparison.Ordinal);
        using var process = Process.Start(new ProcessStartInfo(command[0], [command[1], script]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    [GeneratedRegex(@"maxmemory (\d+)mb")]
    private static partial Regex MaxMemory();
}
