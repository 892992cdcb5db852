using System.Diagnostics;
using System.Globalization;
using Classound.Storage.Tests.Redis;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Classound.Benchmarks.Processes;

/// <summary><see cref="EmptyServer"/> as a process of its own, by the runtime settings (garbage collector, tiering) of the silo.</summary>
internal sealed class EmptyServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private EmptyServerProcess(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    public int Id => _process.Id;

    public static async Task<EmptyServerProcess> Start()
    {
        var (grpc, http) = (Ports.Free(), Ports.Free());
        var program = Path.Combine(AppContext.BaseDirectory, "Classound.Benchmarks");
        var start = new ProcessStartInfo("dotnet",
        [
            "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Classound.Silo.runtimeconfig.json"),
            "--depsfile", program + ".deps.json", program + ".dll",
            EmptyServer.Command, grpc.ToString(CultureInfo.InvariantCulture), http.ToString(CultureInfo.InvariantCulture),
        ]);
        var server = new EmptyServerProcess(Process.Start(start)!, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{grpc}"));
        using var channel = GrpcChannel.ForAddress(server.Address);
        var deadline = DateTime.UtcNow + StartLimit;
        await new EmptyService.EmptyServiceClient(channel).CallAsync(new Empty(), new CallOptions(deadline: deadline).WithWaitForReady());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
