using System.Diagnostics;
using System.Text;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Classound.EndToEnd.Tests;

/// <summary>The real host as a process of its own, on free ports and a data folder of the test's.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private SiloProcess(string folder, int grpcPort, IReadOnlyDictionary<string, string> settings, IEnumerable<string> arguments)
    {
        Address = $"{(settings.ContainsKey("TlsCertificate") ? "https" : "http")}://127.0.0.1:{grpcPort}";
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Classound.Silo.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["Classound__DataFolder"] = folder;
        start.Environment["Classound__GrpcPort"] = Text(grpcPort);
        var httpPort = Ports.Free();
        Operations = new Uri($"http://127.0.0.1:{httpPort}");
        start.Environment["Classound__HttpPort"] = Text(httpPort);
        start.Environment["Classound__SiloPort"] = Text(Ports.Free());
        start.Environment["Classound__GatewayPort"] = Text(Ports.Free());
        foreach (var (key, value) in settings) start.Environment["Classound__" + key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Address { get; }

    /// <summary>Health and metrics.</summary>
    public Uri Operations { get; }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the host and returns when it says that it serves.</summary>
    public static async Task<SiloProcess> Start(
        string folder, IReadOnlyDictionary<string, string>? settings = null, params string[] arguments)
    {
        var silo = new SiloProcess(folder, Ports.Free(), settings ?? new Dictionary<string, string>(), arguments);
        silo._process.Start();
        silo._process.BeginOutputReadLine();
        silo._process.BeginErrorReadLine();
        try
        {
            await silo.UntilServing();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Any certificate will do: this is how the test talks to its own process.</summary>
    public GrpcChannel Connect() => Address.StartsWith("http:", StringComparison.Ordinal) ? GrpcChannel.ForAddress(Address)
        : GrpcChannel.ForAddress(Address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null } }, DisposeHttpClient = true,
        });

    /// <summary>kill -9: nothing is flushed, nothing is said.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as systemd and Kubernetes stop a process.</summary>
    public async Task Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> WaitForExit()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    private async Task UntilServing()
    {
        using var channel = Connect();
        var health = new Health.HealthClient(channel);
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            if (_process.HasExited)
            {
                await _process.WaitForExitAsync(limit.Token); // for its last words
                throw new InvalidOperationException($"the host stopped with {_process.ExitCode}:\n{Output}");
            }
            try
            {
                var reply = await health.CheckAsync(new HealthCheckRequest(), deadline: DateTime.UtcNow.AddSeconds(5));
                if (reply.Status == HealthCheckResponse.Types.ServingStatus.Serving) return;
            }
            catch (RpcException)
            {
                if (limit.IsCancellationRequested) throw new TimeoutException($"the host does not serve:\n{Output}");
            }
            await Task.Delay(50, limit.Token); // a process of another program has no event to wait for
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }

    private static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
