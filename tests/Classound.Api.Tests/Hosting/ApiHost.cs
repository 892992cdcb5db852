using System.Net;
using System.Net.Sockets;
using Classound.Api.Calls.Edges;
using Classound.Grains;
using Classound.Grains.Catalogues;
using Classound.Grains.Dids;
using Classound.Grains.Pbxs;
using Classound.Storage;
using Classound.Storage.Sqlite;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Classound.Api.Tests.Hosting;

/// <summary>The API as it is served: gRPC over loopback, a real silo behind it, a real SQLite ledger behind that.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-api-").FullName;
    private ILedgerStore _store = null!;
    private WebApplication _app = null!;

    /// <summary>The system's clock, until a test with a host of its own moves it.</summary>
    public OffsetClock Clock { get; } = new();

    public GrpcChannel Channel { get; private set; } = null!;

    public BendableStore Store { get; private set; } = null!;

    public Operator Operator { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public async Task InitializeAsync()
    {
        (_store, Store) = BendableStore.Around(
            new SqliteLedgerStore(SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = _folder }), Clock));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(_store);
        builder.Services.AddPbxGrains();
        builder.Services.Configure<LeaseSweepOptions>(sweep => sweep.OutageGrace = TimeSpan.Zero);
        builder.Services.AddCatalogue();
        builder.Services.AddDidOwnership();
        builder.Services.AddClassoundApi();
        builder.Host.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort())
            .AddMemoryGrainStorage(GrainStorageNames.Classound)
            .Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(30)));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            ConnectionLimits.Set(kestrel.Limits.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.MapClassoundApi();
        await _app.StartAsync();
        Channel = GrpcChannel.ForAddress(_app.Urls.Single(), new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure });
        Operator = new Operator(Channel);
        await Operator.ProvisionCatalogue();
    }

    /// <summary>A sweep as this silo runs it every 15 seconds.</summary>
    public Task SweepAsync() => _app.Services.GetServices<IHostedService>().OfType<LeaseSweep>().Single().SweepAsync(default);

    public async Task DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The system's clock, moved: timers go on as usual.</summary>
public sealed class OffsetClock : TimeProvider
{
    private long _offsetTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));
}

/// <summary>One host for all tests of the collection: each has PBXs of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}
