using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Classound.Storage.Tests.Redis;

/// <summary>A real redis-server on a free port with its files in a temporary folder. It can be killed and started again.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Binary = "redis-server";

    private Process? _process;

    private RedisServer(IEnumerable<string> settings) => Settings.AddRange(settings);

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, Binary)));

    /// <summary>Given to the server at each start after those that all tests share; of a setting given twice the later counts.</summary>
    public List<string> Settings { get; } = [];

    /// <summary>Where it keeps its files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("classound-redis-").FullName;

    public int Port { get; private set; }

    /// <summary>Of the running process.</summary>
    public int Id => _process!.Id;

    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a server, or skips the test when there is none on the PATH.</summary>
    public static async Task<RedisServer> StartAsync(string appendFsync = "everysec", params string[] settings)
    {
        Skip.IfNot(IsInstalled, $"{Binary} is not on the PATH");
        var server = new RedisServer(["--appendfsync", appendFsync, .. settings]);
        // The port is free when it is looked up, and may be taken a moment later by another test run.
        for (var attempt = 1; ; attempt++)
        {
            server.Port = Ports.Free();
            if (await server.TryRunAsync())
                return server;

            Assert.True(attempt < 10, $"{Binary} could not be started: see its output above");
        }
    }

    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
    }

    /// <summary>Stops it in the middle of what it does: it keeps its connections, and answers nothing.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>Until the server has ended by itself.</summary>
    public Task WaitForExitAsync() => _process!.WaitForExitAsync();

    /// <summary>Takes a killed server's data away.</summary>
    public void EmptyFolder()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
    }

    public async Task RestartAsync() => Assert.True(await TryRunAsync(), $"{Binary} did not start again on port {Port}");

    /// <summary>Sends a command that the store itself never sends, on a connection of its own.</summary>
    public async Task<RedisResult> ExecuteAsync(string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Configuration + ",allowAdmin=true,protocol=resp2");
        // This server and no other one of its cluster.
        return await connection.GetServer("127.0.0.1", Port).ExecuteAsync(command, arguments);
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<bool> TryRunAsync()
    {
        string[] arguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", Folder, "--save", "",
            "--appendonly", "yes", "--enable-debug-command", "local", .. Settings,
        ];
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Keep its output flowing: a full pipe would stop the server.
                _ = _process.StandardOutput.ReadToEndAsync();
                return true;
            }
        }

        await _process.WaitForExitAsync();
        return false;
    }
}
