using Classound.Charging;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.Grains.Pbxs;
using Classound.Grains.Serialization;
using Classound.Storage;
using Classound.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>A real in-process silo on a real SQLite ledger, with a clock and a store that a test can bend.</summary>
public sealed class PbxCluster : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-grains-").FullName;
    private InProcessTestCluster _cluster = null!;

    public OffsetClock Clock { get; } = new();

    internal HookedStore Store { get; private set; } = null!;

    public PbxGrainOptions Options { get; } = new() { StoreSilenceLimit = TimeSpan.FromSeconds(10) };

    /// <summary>END_USER: Italy 39 in Area 1 at 0.02 a minute 60/60, France 33 in Area 2 at 0.06 a minute by the second.</summary>
    internal static Catalogue Catalogue { get; } = new(
        [
            new PriceListVersion(
                "END_USER", "EUR", "Europe/Rome", 4, 1, DateTimeOffset.UnixEpoch,
                new Dictionary<CallArea, Tariff>
                {
                    [CallArea.Area1] = Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(20_000_000), 60, 60)]),
                    [CallArea.Area2] = Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(60_000_000), 60, 1)]),
                },
                PrefixTable.Build([
                    new PriceListEntry("39", "IT", "Italy", CallArea.Area1, null, false),
                    new PriceListEntry("33", "FR", "France", CallArea.Area2, null, false),
                    // A day of it is more than an amount can be.
                    new PriceListEntry(
                        "870", "", "Inmarsat", CallArea.Area6, Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(long.MaxValue / 100), 60, 1)]), false),
                ])),
        ],
        [
            new PlanVersion("FLAT", new DateOnly(2015, 1, 1), PlanTerm.Month, 3000, AllowanceSharing.Pooled, "EUR",
                [new UserBand(int.MaxValue, new Amount(9_000_000_000))]),
        ]);

    public async Task InitializeAsync()
    {
        Store = new HookedStore(new SqliteLedgerStore(SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = _folder }), Clock));
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("classound");
            silo.Services.AddSingleton<ILedgerStore>(Store);
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddSingleton<CatalogueCache>();
            silo.Services.AddSingleton<PriceListLoader>();
            silo.Services.AddSingleton<PastPriceLists>();
            silo.Services.AddSingleton<CallLog>();
            silo.Services.AddSingleton<KnownVersions>();
            silo.Services.AddHostedService(provider => provider.GetRequiredService<CallLog>());
            silo.Services.AddDomainSerialization();
            silo.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddDomainSerialization();
            // The first question of all finds everything uncompiled, and the machine busy with other tests.
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromMinutes(1));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        _cluster.GetSiloServiceProvider().GetRequiredService<CatalogueCache>().Swap(Catalogue);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public IPbxGrain Pbx(string id) => _cluster.Client.GetGrain<IPbxGrain>(id);

    /// <summary>A sweep over all partitions, which is run by hand.</summary>
    public LeaseSweep Sweep(ILogger<LeaseSweep>? log = null, int graceSeconds = 0) => new(
        Store, _cluster.Client, partitions => [.. Enumerable.Range(0, partitions)], null, Clock,
        Microsoft.Extensions.Options.Options.Create(new LeaseSweepOptions { OutageGrace = TimeSpan.FromSeconds(graceSeconds) }), log ?? NullLogger<LeaseSweep>.Instance);

    public LedgerReader Reader() => new(Store);

    /// <summary>A provisioned PBX of four users with one DID, +39 06 1234567.</summary>
    public async Task<IPbxGrain> NewPbx(string id, Func<PbxSettings, PbxSettings>? change = null)
    {
        var pbx = Pbx(id);
        var settings = new PbxSettings
        {
            Id = id, Country = "IT", TimeZoneId = "Europe/Rome", Currency = "EUR", PriceListType = "END_USER", PlanCode = "FLAT",
            ActiveFrom = new DateOnly(2018, 1, 1), Licences = new UserLicences(4, 0, 0, 0),
        };
        await pbx.Provision(change?.Invoke(settings) ?? settings);
        await pbx.AddDid(new Did(Number("+39061234567"), DidKind.Hosted, true));
        return pbx;
    }

    public static E164Number Number(string text) =>
        E164Number.Parse(text, out var number) == NumberForm.E164 ? number : throw new ArgumentException(text);

    public static AuthorizeRequest Call(string callId, string called = "+390212345678") => new()
    {
        CallId = callId, CallerText = "+39061234567", Caller = Number("+39061234567"), CalledText = called, Called = Number(called),
        CanExtend = true,
    };
}

/// <summary>The system's clock, moved: Orleans' own timers go on as usual.</summary>
public sealed class OffsetClock : TimeProvider
{
    private long _offsetTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _offsetTicks) * (TimestampFrequency / TimeSpan.TicksPerSecond);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));
}
