namespace Classound.Grains.Pbxs;

/// <summary>How often overdue calls are looked for, and how hard.</summary>
public sealed class LeaseSweepOptions
{
    /// <summary>Pause between two sweeps, and before the first: after an outage, edges report first what happened meanwhile.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>PBXs that are asked at the same time.</summary>
    public int Parallelism { get; set; } = 16;
}
