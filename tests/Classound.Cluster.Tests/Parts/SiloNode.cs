using System.Diagnostics;
using System.Globalization;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Classound.Cluster.Tests.Parts;

/// <summary>One silo: the real host as a process on fixed ports, behind proxies to the store and to its peers. Started again in place.</summary>
internal sealed class SiloNode : IAsyncDisposable
{
    private const int Starts = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Journal _journal;
    private readonly Dictionary<string, string> _settings;
    private readonly SemaphoreSlim _starting = new(1);
    private Process? _process;
    private bool _expected = true;

    public SiloNode(int index, Journal journal, Func<int, int> ownerOf, int redisPort, int drainSeconds)
    {
        Index = index;
        _journal = journal;
        var (peer, listen, store, http) = (Ports.Free(), Ports.Free(), Ports.Free(), Ports.Free());
        Ready = new Uri($"http://127.0.0.1:{Text(http)}/health/ready");
        Peers = new TcpProxy(peer, listen, ownerOf);
        Store = new TcpProxy(store, redisPort);
        Clock = new SteppedClock(Path.Combine(journal.Folder, $"{Name}.clock"));
        _settings = new Dictionary<string, string>
        {
            ["GrpcPort"] = Text(GrpcPort), ["HttpPort"] = Text(http), ["GatewayPort"] = Text(Ports.Free()), ["Store"] = "redis",
            ["Redis"] = $"127.0.0.1:{Text(store)}", ["SiloPort"] = Text(peer), ["SiloListenPort"] = Text(listen),
            ["DrainSeconds"] = Text(drainSeconds),
        };
        Channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Text(GrpcPort)}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), EnableMultipleHttp2Connections = true },
            DisposeHttpClient = true,
        });
    }

    public int Index { get; }

    public int GrpcPort { get; } = Ports.Free();

    public string Name => $"silo-{Index + 1}";

    public TcpProxy Peers { get; }

    public TcpProxy Store { get; }

    public SteppedClock Clock { get; }

    public GrpcChannel Channel { get; }

    /// <summary>Where it says whether it takes requests.</summary>
    public Uri Ready { get; }

    /// <summary>The host beside these tests.</summary>
    public static string OwnProgram { get; } = Path.Combine(AppContext.BaseDirectory, "Classound.Silo.dll");

    /// <summary>What is run at the next start.</summary>
    public string Program { get; set; } = OwnProgram;

    public int Pid => _process?.Id ?? 0;

    /// <summary>Whether it is meant to answer: started, and neither stopped nor frozen by the test.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Times that it went away without being told to.</summary>
    public int OwnExits { get; private set; }

    public bool HasExited => _process is null || _process.HasExited;

    /// <summary>Returns when it says that it serves.</summary>
    public async Task Start()
    {
        await _starting.WaitAsync();
        try
        {
            for (var attempt = 1; !await TryRun(); attempt++)
            {
                // On a busy machine its peers may take it for dead before it has begun: an orchestrator starts it again.
                if (attempt == Starts) throw new InvalidOperationException($"{Name} stopped {Starts} times while starting: see {_journal.Folder}");
                OwnExits++;
                _journal.Write($"{Name} stopped with {_process!.ExitCode} while starting; starting it again");
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Starts it again if it went away by itself, as an orchestrator would.</summary>
    public async Task Revive()
    {
        await _starting.WaitAsync();
        try
        {
            if (_expected || !HasExited) return;
            OwnExits++;
            IsLive = false;
            _journal.Write($"{Name} went away by itself with {_process?.ExitCode}; starting it again");
            await TryRun();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <returns>False when it went away before it served.</returns>
    private async Task<bool> TryRun()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Program);
        foreach (var (key, value) in _settings) start.Environment["Classound__" + key] = value;
        Clock.Step(TimeSpan.Zero);
        Clock.Prepare(start.Environment);
        _expected = false;
        _process?.Dispose();
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var said = new StreamWriter(Path.Combine(_journal.Folder, $"{Name}.log"), append: true) { AutoFlush = true };
        _process.OutputDataReceived += (_, line) => Keep(said, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return IsLive = await Serves(_process);
    }

    public async Task Kill()
    {
        (_expected, IsLive) = (true, false);
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns when it has gone.</summary>
    public async Task<int> Terminate()
    {
        _expected = true;
        await Signal("TERM");
        await _process!.WaitForExitAsync();
        IsLive = false;
        return _process.ExitCode;
    }

    public async Task Freeze()
    {
        IsLive = false;
        await Signal("STOP");
    }

    public async Task Thaw()
    {
        await Signal("CONT");
        IsLive = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Channel.Dispose();
        await Peers.DisposeAsync();
        await Store.DisposeAsync();
        _process?.Dispose();
        _starting.Dispose();
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Text(Pid)]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> Serves(Process process)
    {
        var health = new Health.HealthClient(Channel);
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            if (process.HasExited) return false;
            try
            {
                var reply = await health.CheckAsync(new HealthCheckRequest(), deadline: DateTime.UtcNow.AddSeconds(1));
                if (reply.Status == HealthCheckResponse.Types.ServingStatus.Serving) return true;
            }
            catch (RpcException)
            {
                if (limit.IsCancellationRequested) throw new TimeoutException($"{Name} does not serve: see {_journal.Folder}");
            }
            await Task.Delay(50); // a process of another program has no event to wait for
        }
    }

    private static void Keep(StreamWriter said, string? line)
    {
        lock (said)
        {
            if (line is null) said.Flush();
            else said.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {line}"));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
