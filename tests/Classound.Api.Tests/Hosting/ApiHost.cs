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
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;

    /// <summary>The system's clock, until a test with a host of its own moves it.</summary>
    public OffsetClock Clock { get; } = new();

    /// <summary>To the RPCs of every service.</summary>
    public CallInvoker Rpcs => _channel.CreateCallInvoker();

    /// <summary>One of each process, with the services that it has: health and reflection speak for their process.</summary>
    public IReadOnlyList<(IReadOnlyList<string> Services, CallInvoker Rpcs)> Processes => [(ClassoundApi.AllServices, Rpcs)];

    public StoreBend Store { get; } = new();

    public ILedgerStore Ledger { get; private set; } = null!;

    public Operator Operator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Ledger = BendableStore.Around(
            new SqliteLedgerStore(SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = _folder }), Clock), Store);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(Ledger);
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
        _channel = GrpcChannel.ForAddress(_app.Urls.Single(), new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure });
        Operator = new Operator(Rpcs);
        await Operator.ProvisionCatalogue();
    }

    /// <summary>What the process of a service is made of.</summary>
    /// <param name="service">Of <see cref="ClassoundApi.AllServices"/>.</param>
    public IServiceProvider ServicesOf(string service) => _app.Services;

    /// <summary>What no file can say. Whatever asks afterwards sees it.</summary>
    public Task<PriceListReply> ImportAsync(PriceListHeader header, DatedContent content) =>
        _app.Services.GetRequiredService<CatalogueClient>().ImportAsync(header, [content], default);

    /// <summary>A sweep as every silo runs it each 15 seconds.</summary>
    public Task SweepAsync() => _app.Services.GetServices<IHostedService>().OfType<LeaseSweep>().Single().SweepAsync(default);

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
        await Ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
