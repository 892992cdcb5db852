using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Grains.Pbxs;
using Classound.Grains.Tests.Pbxs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Tests.Silos;

/// <summary>A silo sweeps partitions whose PBXs live on another one.</summary>
public sealed class LeaseCrossingTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Fact]
    public async Task SweepSyncAndCorrection_ReachAPbxOnAnotherSilo()
    {
        silos.PlaceOnSecond();
        var pbx = silos.First.GetGrain<IPbxGrain>("swept-from-afar");
        await pbx.Provision(new PbxSettings
        {
            Id = "swept-from-afar", Country = "IT", TimeZoneId = "Europe/Rome", Currency = "EUR", PriceListType = "END_USER", PlanCode = "FLAT",
            ActiveFrom = new DateOnly(2018, 1, 1), Licences = new UserLicences(4, 0, 0, 0),
        });
        await pbx.AddDid(new Did(PbxCluster.Number("+39061234567"), DidKind.Hosted, true));
        foreach (var id in new[] { "live", "lost" }) await pbx.Authorize(PbxCluster.Call(id, "+33123456789") with { EdgeId = "sbc-1" });

        // By this sweep's clock both are overdue, by their PBX's they are not.
        var clock = new OffsetClock();
        clock.Advance(TimeSpan.FromSeconds(1_000));
        using var log = LoggerFactory.Create(logging => logging.AddProvider(new Failures()));
        using var sweep = new LeaseSweep(
            silos.Store, silos.First, partitions => [.. Enumerable.Range(0, partitions)], null, clock,
            Options.Create(new LeaseSweepOptions { OutageGrace = TimeSpan.Zero }),
            log.CreateLogger<LeaseSweep>());
        await sweep.SweepAsync(default);
        await pbx.HealLeases(["live"]);
        Assert.Equal(2, (await pbx.ListActive("", 10)).Count);
        Assert.Subset(silos.Crossed.ToHashSet(), new HashSet<string> { "IPbxGrain.CloseOverdue", "IPbxGrain.HealLeases" });

        var reply = await pbx.Sync(new PbxSync("sbc-1", [new LiveCall("live", 7), new LiveCall("never", 1)], DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddSeconds(1)));
        Assert.Equal((1, 7), (reply.Closed, reply.Calls[0].Answer!.Grant!.ConfirmedSeconds));
        Assert.Null(reply.Calls[1].Answer);
        var corrected = (await pbx.End(new EndRequest { CallId = "lost", DurationMs = 5_000 })).Settlement!;
        Assert.Equal((5, 0), (corrected.CallSeconds, corrected.CorrectedFrom!.CallSeconds));
        Assert.Equal(corrected, (await pbx.Find("lost"))!.Settlement);
    }

    /// <summary>A sweep that fails says so, and nothing else here logs.</summary>
    private sealed class Failures : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Assert.Fail($"{eventId.Name}: {exception}");

        public void Dispose()
        {
        }
    }
}
