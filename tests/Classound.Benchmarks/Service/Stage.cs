using System.Diagnostics;
using System.Globalization;
using Classound.Benchmarks.Load;
using Classound.Benchmarks.Processes;

namespace Classound.Benchmarks.Service;

/// <summary>The processes that contenders need, started when the first of them asks, and all stopped at the end.</summary>
internal sealed class Stage(ServiceOptions options) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];
    private readonly List<Contender> _contenders = [];

    public List<string> Pids { get; } = [string.Create(CultureInfo.InvariantCulture, $"generator {Environment.ProcessId}")];

    public async Task<Contender> Contender(string name)
    {
        var began = Stopwatch.GetTimestamp();
        Contender contender = name switch
        {
            "empty" => new EmptyCalls(Keep(await EmptyServerProcess.Start()), options.Connections),
            "everysec" or "always" => Authorize(name, Keep(await Installation.OnRedis(name, Pbxs, 1, options.Seed))),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
        _contenders.Add(contender);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  started {name} in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s"));
        return contender;
    }

    private const int Pbxs = 1_000;

    public async ValueTask DisposeAsync()
    {
        foreach (var contender in _contenders) contender.Close();
        foreach (var started in Enumerable.Reverse(_started)) await started.DisposeAsync();
    }

    private AuthorizeCalls Authorize(string name, Installation installation)
    {
        Pids.Add(installation.Pids());
        return new AuthorizeCalls(name, installation.Addresses, options.Connections, Pbxs, options.Seed, installation.Meters());
    }

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Add(started);
        return started;
    }
}
