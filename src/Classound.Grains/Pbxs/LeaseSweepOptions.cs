namespace Classound.Grains.Pbxs;

/// <summary>How often overdue calls are looked for, and how hard.</summary>
public sealed class LeaseSweepOptions
{
    /// <summary>Pause between two sweeps, and before the first.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long nothing of a partition is closed after it could not be read or written, or was first seen (a start, a new share):
    /// edges repeat first what they could not report meanwhile, and a call that is alive has its lease renewed by that.
    /// </summary>
    public TimeSpan OutageGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>PBXs that are asked at the same time.</summary>
    public int Parallelism { get; set; } = 16;
}
