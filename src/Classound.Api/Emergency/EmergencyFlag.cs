using Classound.Grains.Pbxs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Classound.Api.Emergency;

/// <summary>
/// Whether to believe an edge that says that a call it reports on is an emergency call. One that says it by mistake of a
/// chargeable call would end that call without a settlement and lift its limits.
/// </summary>
public sealed partial class EmergencyFlag(
    IGrainFactory grains, TimeProvider clock, IOptions<ClassoundApiOptions> options, ILogger<EmergencyFlag> logger)
{
    /// <summary>
    /// False only for a call that the PBX surely has as another one, active or settled. An emergency call never got as far
    /// as a grain, so whatever cannot be looked up in time is believed: nothing may stand in its way (R11).
    /// </summary>
    public async Task<bool> IsBelieved(string pbxId, string callId)
    {
        if (!EmergencyCalls.HasSoundIdentity(pbxId, callId)) return true;
        if (!await IsChargeable(pbxId, callId)) return true;
        LogNotBelieved(callId, pbxId);
        return false;
    }

    private async Task<bool> IsChargeable(string pbxId, string callId)
    {
        try
        {
            var found = await grains.GetGrain<IPbxGrain>(pbxId).Find(callId).WaitAsync(options.Value.EmergencyLookupTimeout, clock);
            return found is { Grant: not null } or { Settlement: not null };
        }
        catch (Exception e)
        {
            // Any fault at all: a kind that were left out here would refuse an emergency call.
            var kind = e.GetType().Name;
            LogNotLookedUp(callId, pbxId, kind);
            return false;
        }
    }

    [LoggerMessage(EventId = 1122, EventName = "EmergencyFlagOnChargeableCall", Level = LogLevel.Warning,
        Message = "Call {CallId} of PBX {PbxId} is reported as an emergency call, but is another: it stays chargeable")]
    private partial void LogNotBelieved(string callId, string pbxId);

    [LoggerMessage(EventId = 1123, EventName = "EmergencyFlagNotLookedUp", Level = LogLevel.Information,
        Message = "Whether call {CallId} of PBX {PbxId} is an emergency call could not be looked up ({Kind}): it counts as one")]
    private partial void LogNotLookedUp(string callId, string pbxId, string kind);
}
