namespace Classound.Cli.Cdr;

/// <summary>
/// Q.850 causes under the names that FreeSWITCH writes, and the SIP status that carries each (RFC 3398 section 7.2.4.1
/// and 8.2.6.1); Asterisk's dispositions say less and map to the cause closest to them.
/// </summary>
public static class HangupCause
{
    public const int NormalClearing = 16;
    private const int NormalUnspecified = 31;

    private static readonly Dictionary<string, (int Cause, int SipStatus)> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UNALLOCATED_NUMBER"] = (1, 404),
        ["NO_ROUTE_TRANSIT_NET"] = (2, 404),
        ["NO_ROUTE_DESTINATION"] = (3, 404),
        ["NORMAL_CLEARING"] = (NormalClearing, 0),
        ["USER_BUSY"] = (17, 486),
        ["NO_USER_RESPONSE"] = (18, 408),
        ["NO_ANSWER"] = (19, 480),
        ["SUBSCRIBER_ABSENT"] = (20, 480),
        ["CALL_REJECTED"] = (21, 403),
        ["NUMBER_CHANGED"] = (22, 410),
        ["DESTINATION_OUT_OF_ORDER"] = (27, 502),
        ["INVALID_NUMBER_FORMAT"] = (28, 484),
        ["FACILITY_REJECTED"] = (29, 501),
        ["NORMAL_UNSPECIFIED"] = (NormalUnspecified, 480),
        ["NORMAL_CIRCUIT_CONGESTION"] = (34, 503),
        ["NETWORK_OUT_OF_ORDER"] = (38, 503),
        ["NORMAL_TEMPORARY_FAILURE"] = (41, 503),
        ["SWITCH_CONGESTION"] = (42, 503),
        ["REQUESTED_CHAN_UNAVAIL"] = (44, 503),
        ["BEARERCAPABILITY_NOTAUTH"] = (57, 403),
        ["INCOMPATIBLE_DESTINATION"] = (88, 503),
        ["RECOVERY_ON_TIMER_EXPIRE"] = (102, 504),
        ["INTERWORKING"] = (127, 500),
        ["ORIGINATOR_CANCEL"] = (NormalClearing, 487),
        ["LOSE_RACE"] = (NormalClearing, 0),
        ["ATTENDED_TRANSFER"] = (NormalClearing, 0),
        ["BLIND_TRANSFER"] = (NormalClearing, 0),
        ["ALLOTTED_TIMEOUT"] = (NormalClearing, 0),
        ["MEDIA_TIMEOUT"] = (NormalUnspecified, 0),
        ["USER_NOT_REGISTERED"] = (20, 480),
        ["MANAGER_REQUEST"] = (NormalClearing, 0),
        ["ANSWERED"] = (NormalClearing, 0),
        ["NO ANSWER"] = (19, 480),
        ["BUSY"] = (17, 486),
        ["CONGESTION"] = (34, 503),
        ["FAILED"] = (NormalUnspecified, 480),
    };

    public static bool IsKnown(string name) => ByName.ContainsKey(name.Trim());

    /// <summary>The cause and the SIP status (0 where the call ended by BYE); an unknown name is "normal, unspecified".</summary>
    public static (int Q850Cause, int SipStatus) Of(string name) =>
        ByName.TryGetValue(name.Trim(), out var known) ? known : (NormalUnspecified, 0);
}
