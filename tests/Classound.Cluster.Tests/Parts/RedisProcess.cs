using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Classound.Cluster.Tests.Parts;

/// <summary>A real redis-server on a fixed free port, its files in a folder of its own. It can be killed, filled and started again.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-cluster-redis-").FullName;
    private Process? _process;

    private RedisProcess(string appendFsync) => AppendFsync = appendFsync;

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    public string AppendFsync { get; }

    public int Port { get; private set; }

    public static async Task<RedisProcess> Start(string appendFsync)
    {
        Skip.IfNot(IsInstalled, "redis-server is not on the PATH");
        var redis = new RedisProcess(appendFsync);
        // The port is free when it is looked up, and may be taken a moment later by somebody else.
        for (var attempt = 1; ; attempt++)
        {
            redis.Port = Ports.Free();
            if (await redis.TryRun()) return redis;
            if (attempt == 10) throw new InvalidOperationException("redis-server could not be started");
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task Restart()
    {
        if (!await TryRun()) throw new InvalidOperationException($"redis-server did not start again on port {Port}");
    }

    /// <summary>Refuses writes from now on: "OOM command not allowed when used memory > 'maxmemory'".</summary>
    public Task Fill() => Execute("CONFIG", "SET", "maxmemory", "1mb");

    public Task Empty() => Execute("CONFIG", "SET", "maxmemory", "0");

    public async Task<RedisResult> Execute(string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},allowAdmin=true,protocol=resp2"));
        return await connection.GetDatabase().ExecuteAsync(command, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> TryRun()
    {
        string[] arguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", AppendFsync, "--maxmemory-policy", "noeviction",
        ];
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal)) continue;
            _ = _process.StandardOutput.ReadToEndAsync(); // a full pipe would stop the server
            return true;
        }
        await _process.WaitForExitAsync();
        return false;
    }
}
