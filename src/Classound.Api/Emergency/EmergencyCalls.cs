using Classound.Api.Validation;
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
    /// Whether this is an emergency call: not an inbound one, not marked internal (an extension may look like a short
    /// code), to an emergency number of the caller's country. The request may be malformed otherwise; a country that is
    /// none counts as unknown. Allocates nothing.
    /// </summary>
    public bool Recognises(Wire.AuthorizeCallRequest request, string pbxId)
    {
        if (request.Internal || request.Direction == WireBilling.CallDirection.Inbound) return false;
        var country = request.CallingCountry.Length > 0 ? request.CallingCountry : pbxs.CountryOf(pbxId);
        return numbers.Contains(request.Called, country);
    }

    /// <returns>When it was placed, by the service's clock.</returns>
    public DateTimeOffset Placed(Wire.AuthorizeCallRequest request)
    {
        var now = clock.GetUtcNow();
        var (pbxId, callId, userId, edgeId) = (Cut(request.PbxId), Cut(request.CallId), Cut(request.UserId), Cut(request.EdgeId));
        // Nobody is to be alarmed by an old CDR.
        if (request.ImportOccurTime is null) LogPlaced(pbxId, callId, request.Called, userId, edgeId);
        if (!HasSoundIdentity(request.PbxId, request.CallId)) return now; // it could not be found again
        log.Add(new Denial
        {
            PbxId = pbxId,
            CallId = callId,
            Reason = DenialReason.None,
            Subject = "emergency",
            At = now,
            CallerText = Cut(request.Caller),
            CalledText = request.Called,
            UserId = userId,
        });
        return now;
    }

    /// <returns>When the end was noted, by the service's clock.</returns>
    public DateTimeOffset Ended(Wire.EndCallRequest request)
    {
        var (pbxId, callId) = (Cut(request.PbxId), Cut(request.CallId));
        LogEnded(pbxId, callId, request.DurationMs);
        return clock.GetUtcNow();
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Whether the ids can be those of a call: nothing of an emergency call was checked.</summary>
    internal static bool HasSoundIdentity(string pbxId, string callId)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", pbxId);
        TextFields.CallId(ref violations, "call_id", callId);
        return !violations.Any;
    }

    // Nothing of the request was checked but the number that was dialled.
    private static string Cut(string text) => text.Length <= TextFields.MaxTextBytes ? text : text[..TextFields.MaxTextBytes];

    // Alarms hang on these numbers: never give one another meaning.
    // The dialled short code is not a subscriber's number and may be logged; the caller's number may not.
    [LoggerMessage(EventId = 1120, EventName = "EmergencyCallPlaced", Level = LogLevel.Warning,
        Message = "Emergency call {CallId} of PBX {PbxId} to {Number}, user {UserId}, edge {EdgeId}")]
    private partial void LogPlaced(string pbxId, string callId, string number, string userId, string edgeId);

    [LoggerMessage(EventId = 1121, EventName = "EmergencyCallEnded", Level = LogLevel.Information,
        Message = "Emergency call {CallId} of PBX {PbxId} ended after {DurationMs} ms")]
    private partial void LogEnded(string pbxId, string callId, long durationMs);
}
