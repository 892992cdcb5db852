using System.Diagnostics.Metrics;
using Orleans.Runtime;

namespace Classound.Silo;

/// <summary>Says in one line each which silos come and go. Orleans says it too, in pages.</summary>
internal sealed partial class MembershipWatch : BackgroundService
{
    public const string MeterName = "Classound.Cluster";

    private readonly Meter _meter = new(MeterName);
    private readonly IClusterMembershipService _membership;
    private readonly ILogger<MembershipWatch> _log;
    private Dictionary<SiloAddress, SiloStatus> _known = [];

    public MembershipWatch(IClusterMembershipService membership, ILogger<MembershipWatch> log)
    {
        (_membership, _log) = (membership, log);
        _meter.CreateObservableGauge("classound.cluster.active_silos", () => Active(_membership.CurrentSnapshot), "{silo}", "Silos that share the PBXs");
    }

    public static int Active(ClusterMembershipSnapshot cluster) => cluster.Members.Values.Count(member => member.Status == SiloStatus.Active);

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var cluster in _membership.MembershipUpdates.WithCancellation(stoppingToken)) Compare(cluster);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private void Compare(ClusterMembershipSnapshot cluster)
    {
        var active = Active(cluster);
        foreach (var (silo, member) in cluster.Members)
        {
            var before = _known.GetValueOrDefault(silo);
            if (before == member.Status) continue;
            if (member.Status == SiloStatus.Active) LogJoined(silo.Endpoint, active);
            // What was dead before this silo came is no news.
            else if (member.Status == SiloStatus.Dead && before != SiloStatus.None) LogLeft(silo.Endpoint, active);
        }
        _known = cluster.Members.ToDictionary(member => member.Key, member => member.Value.Status);
    }

    [LoggerMessage(EventId = 4001, EventName = "SiloJoined", Level = LogLevel.Information, Message = "Silo {Silo} is in the cluster; {Active} are active")]
    private partial void LogJoined(System.Net.IPEndPoint silo, int active);

    [LoggerMessage(EventId = 4002, EventName = "SiloLeft", Level = LogLevel.Warning, Message = "Silo {Silo} has left the cluster or died; {Active} are active")]
    private partial void LogLeft(System.Net.IPEndPoint silo, int active);
}
