using System.Diagnostics;
using System.Globalization;
using Classound.Benchmarks.Load;
using Classound.Benchmarks.Processes;
using Classound.Benchmarks.Sql;
using Classound.Contracts.Rating.V1;

namespace Classound.Benchmarks.Service;

/// <summary>The processes that contenders need, started when the first of them asks, and all stopped at the end.</summary>
internal sealed class Stage(ServiceOptions options) : IAsyncDisposable
{
    public const int Pbxs = 1_000;

    private readonly Dictionary<string, IAsyncDisposable> _started = [];
    private readonly Dictionary<string, Contender> _contenders = [];

    /// <summary>Live heap per active PBX of the installation with many, in bytes; 0 = it was not started.</summary>
    public double MemoryPerPbx { get; private set; }

    public string Pids => string.Join(", ", _started.Values.OfType<Installation>().Select(installation => installation.Pids())
        .Append(string.Create(CultureInfo.InvariantCulture, $"generator {Environment.ProcessId}")));

    public async Task<Contender> Contender(string name)
    {
        if (_contenders.TryGetValue(name, out var known)) return known;
        return _contenders[name] = name switch
        {
            "empty" => new EmptyCalls(await Started("empty server", EmptyServerProcess.Start), options.Connections),
            "everysec" or "always" => Calls(name, await OnRedis(name), Steps.Authorize),
            "stream-everysec" => Calls(name, await OnRedis("everysec"), Steps.Authorize, stream: true),
            "stream-always" => Calls(name, await OnRedis("always"), Steps.Authorize, stream: true),
            "life" => Calls(name, await OnRedis("everysec"), Steps.Life),
            "stream-life" => Calls(name, await OnRedis("everysec"), Steps.Life, stream: true),
            "hot-pbx" => Calls(name, await OnRedis("everysec"), Steps.Authorize | Steps.End, pbxs: 1),
            "quote-list" => Quotes(name, await OnRedis("everysec"), _ => new QuoteCallRequest { PriceList = new PriceListReference { PriceListType = Provisioning.ListType } }),
            "quote-pbx" => Quotes(name, await OnRedis("everysec"), random => new QuoteCallRequest { PbxId = CallContent.PbxId(random.Next(Pbxs)) }),
            "sql-on" or "sql-off" => new SqlAuthorize(name, await Started("PostgreSQL", StartPostgres), name[4..], Pbxs, options.Seed),
            "sqlite" => Calls(name, await Started("suite on SQLite", () => Installation.OnSqlite(Pbxs, options.Seed)), Steps.Authorize),
            "three-silos" => Calls(name, await Started("three silos", () => Installation.OnRedis("everysec", Pbxs, 3, options.Seed)), Steps.Authorize),
            "pbxs-100000" => await ManyPbxs(name),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var contender in _contenders.Values) await contender.Close();
        foreach (var started in _started.Values.Reverse()) await started.DisposeAsync();
    }

    private Task<Installation> OnRedis(string appendFsync) =>
        Started($"suite on Redis, {appendFsync}", () => Installation.OnRedis(appendFsync, Pbxs, 1, options.Seed));

    private async Task<Contender> ManyPbxs(string name)
    {
        var installation = await Started($"suite with {options.ManyPbxs} PBXs", () => Installation.OnRedis("everysec", options.ManyPbxs, 1, options.Seed));
        var calls = Calls(name, installation, Steps.Authorize, pbxs: options.ManyPbxs);
        var before = await LiveHeap.Bytes(installation.Silos[0].Id);
        Progress.Say($"a call of each of {options.ManyPbxs} PBXs");
        await calls.TouchAll();
        MemoryPerPbx = (double)(await LiveHeap.Bytes(installation.Silos[0].Id) - before) / options.ManyPbxs;
        return calls;
    }

    private async Task<PostgresServer> StartPostgres()
    {
        var server = await PostgresServer.Start();
        await SqlAuthorize.Load(server, Pbxs, Provisioning.DeckPrefixes, options.Seed);
        return server;
    }

    private EdgeCalls Calls(string name, Installation installation, Steps steps, bool stream = false, int pbxs = Pbxs)
    {
        var addresses = installation.Addresses;
        var connections = Math.Max(options.Connections, addresses.Count);
        var edges = Enumerable.Range(0, connections).Select(i => addresses[i % addresses.Count]).Select(Edge (address) => stream ? StreamEdge.To(address) : new UnaryEdge(address));
        return new EdgeCalls(name, [.. edges], steps, pbxs, options.Seed, installation.Meters());
    }

    private QuoteCalls Quotes(string name, Installation installation, Func<Random, QuoteCallRequest> question) =>
        new(name, installation.Addresses, options.Connections, question, options.Seed, installation.Meters());

    private async Task<T> Started<T>(string name, Func<Task<T>> start)
        where T : IAsyncDisposable
    {
        if (_started.TryGetValue(name, out var running)) return (T)running;
        var began = Stopwatch.GetTimestamp();
        var started = await start();
        _started[name] = started;
        Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{name} started and filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s"));
        return started;
    }
}
