using Classound.Charging.Calls;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Pbxs;
using Microsoft.Extensions.Logging;
using Wire = Classound.Contracts.Calls.V1;
using WireBilling = Classound.Contracts.Billing.V1;

namespace Classound.Api.Emergency;

/// <summary>
/// Emergency calls end here: allowed without a grain, a store, a plan or a check of any kind (R11). What is known of them
/// is written behind the answer, and the event that administrators are told by leaves at once (R12).
/// </summary>
public sealed partial class EmergencyCalls(
    EmergencyNumbers numbers, PbxDirectory pbxs, CallLog log, TimeProvider clock, ILogger<EmergencyCalls> logger)
{
    /// <summary>
    /// Whether this is an emergency call: an outgoing one, not marked internal (an extension may look like a short code),
    /// to an emergency number of the caller's country. Allocates nothing.
    /// </summary>
    public bool Recognises(Wire.AuthorizeCallRequest request, string pbxId)
    {
        if (request.Internal || request.Direction != WireBilling.CallDirection.Outbound) return false;
        var country = request.CallingCountry.Length > 0 ? request.CallingCountry : pbxs.CountryOf(pbxId);
        return numbers.Contains(request.Called, country);
    }

    /// <returns>When it was placed, by the service's clock.</returns>
    public DateTimeOffset Placed(Wire.AuthorizeCallRequest request)
    {
        var now = clock.GetUtcNow();
        // Nobody is to be alarmed by an old CDR.
        if (request.ImportOccurTime is null) LogPlaced(request.PbxId, request.CallId, request.Called, request.UserId, request.EdgeId);
        log.Add(new Denial
        {
            PbxId = request.PbxId,
            CallId = request.CallId,
            Reason = DenialReason.None,
            Subject = "emergency",
            At = now,
            CallerText = request.Caller,
            CalledText = request.Called,
            UserId = request.UserId,
        });
        return now;
    }

    /// <returns>When the end was noted, by the service's clock.</returns>
    public DateTimeOffset Ended(Wire.EndCallRequest request)
    {
        LogEnded(request.PbxId, request.CallId, request.DurationMs);
        return clock.GetUtcNow();
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    // The dialled short code is not a subscriber's number and may be logged; the caller's number may not.
    [LoggerMessage(EventName = "EmergencyCallPlaced", Level = LogLevel.Warning,
        Message = "Emergency call {CallId} of PBX {PbxId} to {Number}, user {UserId}, edge {EdgeId}")]
    private partial void LogPlaced(string pbxId, string callId, string number, string userId, string edgeId);

    [LoggerMessage(EventName = "EmergencyCallEnded", Level = LogLevel.Information,
        Message = "Emergency call {CallId} of PBX {PbxId} ended after {DurationMs} ms")]
    private partial void LogEnded(string pbxId, string callId, long durationMs);
}
