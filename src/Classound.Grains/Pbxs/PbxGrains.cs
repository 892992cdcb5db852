using Orleans.Runtime;

namespace Classound.Grains.Pbxs;

/// <summary>
/// References to the grains of PBXs. <c>GetGrain</c> reads from the interface's attributes, each time, what it is called; here that is
/// done once: it was a fifteenth of what a silo does for a call.
/// </summary>
public sealed class PbxGrains(IGrainFactory grains)
{
    private volatile GrainReference? _any;

    /// <param name="pbxId">The PBX, 1 to 64 characters of [A-Za-z0-9._-].</param>
    public IPbxGrain Of(string pbxId)
    {
        if (_any is { } any) return (IPbxGrain)grains.GetGrain(GrainId.Create(any.GrainId.Type, pbxId), any.InterfaceType);
        var grain = grains.GetGrain<IPbxGrain>(pbxId);
        _any = grain as GrainReference;
        return grain;
    }
}
