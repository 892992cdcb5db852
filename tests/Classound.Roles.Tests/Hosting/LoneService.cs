using Classound.Grains.Catalogues;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Pbxs;
using Classound.Silo;
using Classound.Storage;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Orleans.Runtime;

namespace Classound.Api.Tests.Hosting;

/// <summary>A host with one service, as the program would build it for <c>--role</c> and <c>--services</c>, on a store that tests can bend.</summary>
internal sealed class LoneService : IAsyncDisposable
{
    private readonly OpenStore _store;
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private LoneService(string service, OpenStore store, WebApplication app, GrpcChannel channel) =>
        (Service, _store, _app, _channel) = (service, store, app, channel);

    public string Service { get; }

    public CallInvoker Rpcs => _channel.CreateCallInvoker();

    public ILedgerStore Ledger => _store.Ledger;

    /// <summary>What the process is made of.</summary>
    public IServiceProvider Parts => _app.Services;

    /// <summary>Returns when it serves; a client waits for a silo.</summary>
    public static async Task<LoneService> Start(string service, string role, string redis, TimeProvider clock, StoreBend bend)
    {
        var options = new ClassoundOptions
        {
            Store = ClassoundOptions.RedisStore, Redis = redis, Role = role, Services = service, GrpcPort = Ports.Free(), HttpPort = Ports.Free(),
        };
        Assert.Empty(options.Check());
        var open = await OpenStore.Open(options, clock, NullLogger.Instance, default);
        var store = new OpenStore { Ledger = BendableStore.Around(open.Ledger, bend) };
        var builder = WebApplication.CreateBuilder();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Error);
        builder.Services.Configure<LeaseSweepOptions>(sweep => sweep.OutageGrace = TimeSpan.Zero);
        // An activation waits until all processes have seen it announced.
        builder.Services.Configure<CatalogueRefreshOptions>(refresh => refresh.PollInterval = TimeSpan.FromMilliseconds(100));
        var app = SiloHost.Build(builder, options, store, clock, null);
        await app.StartAsync();
        return new LoneService(service, store, app, GrpcChannel.ForAddress($"http://{options.ListenAddress}:{options.GrpcPort}"));
    }

    /// <summary>Until this silo knows of so many, itself among them.</summary>
    public async Task UntilSilos(int count)
    {
        await foreach (var members in Parts.GetRequiredService<IClusterMembershipService>().MembershipUpdates)
            if (MembershipWatch.Active(members) == count) return;
    }

    /// <summary>What it would do by itself within its poll intervals: learn what was provisioned elsewhere.</summary>
    public Task FollowAsync() => Task.WhenAll(
        Parts.GetRequiredService<CatalogueRefresh>().RefreshAsync(default), Parts.GetRequiredService<PbxDirectory>().RefreshAsync());

    /// <summary>A sweep as every silo runs it each 15 seconds; a client has none.</summary>
    public Task SweepAsync() => Parts.GetServices<IHostedService>().OfType<LeaseSweep>().SingleOrDefault()?.SweepAsync(default) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }
}
