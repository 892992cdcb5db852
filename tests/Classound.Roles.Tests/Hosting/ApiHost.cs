using Classound.Grains.Catalogues;
using Classound.Silo;
using Classound.Storage;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Classound.Api.Tests.Hosting;

/// <summary>
/// The API as a cluster serves it with each service alone: hosts of the product's own composition, one for each service and role,
/// on one Redis. Calls are placed where grains are, the back office is a client; prices are asked in both roles.
/// </summary>
public sealed class ApiHost : IAsyncLifetime
{
    private readonly List<LoneService> _hosts = [];
    private RedisServer? _redis;

    /// <summary>The system's clock, until a test with a host of its own moves it.</summary>
    public OffsetClock Clock { get; } = new();

    public CallInvoker Rpcs { get; private set; } = null!;

    public IReadOnlyList<(IReadOnlyList<string> Services, CallInvoker Rpcs)> Processes =>
        [.. _hosts.Select(host => ((IReadOnlyList<string>)[host.Service], host.Rpcs))];

    public StoreBend Store { get; } = new();

    public ILedgerStore Ledger => _hosts[0].Ledger;

    public Operator Operator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (RequiresRedis.Reason is not null) return;
        _redis = await RedisServer.StartAsync();
        foreach (var service in (string[])[ClassoundApi.Calls, ClassoundApi.Rating]) await Add(service, SiloRole.Name);
        await Task.WhenAll(_hosts.Select(silo => silo.UntilSilos(_hosts.Count)));
        foreach (var service in ClassoundApi.AllServices.Except([ClassoundApi.Calls])) await Add(service, BackOfficeRole.Name);
        Rpcs = new RpcsByService(_hosts.ToLookup(host => host.Service, host => host.Rpcs), EverywhereAsync);
        Operator = new Operator(Rpcs);
        await Operator.ProvisionCatalogue();
    }

    /// <inheritdoc cref="LoneService.Parts"/>
    public IServiceProvider ServicesOf(string service) => _hosts.First(host => host.Service == service).Parts;

    public async Task<PriceListReply> ImportAsync(PriceListHeader header, DatedContent content)
    {
        var reply = await ServicesOf(ClassoundApi.Provisioning).GetRequiredService<CatalogueClient>().ImportAsync(header, [content], default);
        await EverywhereAsync();
        return reply;
    }

    public Task SweepAsync() => Task.WhenAll(_hosts.Select(host => host.SweepAsync()));

    public async Task DisposeAsync()
    {
        // Clients before the silos that they ask.
        foreach (var host in Enumerable.Reverse(_hosts)) await host.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
    }

    private async Task Add(string service, string role) => _hosts.Add(await LoneService.Start(service, role, _redis!.Configuration, Clock, Store));

    /// <summary>What was provisioned in one process is in force in the others within a second: here, before a test goes on.</summary>
    private Task EverywhereAsync() => Store.IsOut ? Task.CompletedTask : Task.WhenAll(_hosts.Select(host => host.FollowAsync()));
}
