using Classound.Charging.Numbering;

namespace Classound.Charging.Calls;

/// <summary>
/// May this call be placed? Parsed by the API: identifiers and shapes are sound here, numbers may still not be E.164
/// (<see cref="CallerForm"/>, <see cref="CalledForm"/>), because that is a user's mistake and gets a denial (R10).
/// </summary>
public sealed record AuthorizeRequest
{
    /// <summary>Opaque, 1..128 bytes, made once per chargeable leg and never reused.</summary>
    public required string CallId { get; init; }
    public CallDirection Direction { get; init; } = CallDirection.Outbound;

    /// <summary>As received, for the denial and for internal calls; up to 128 bytes.</summary>
    public string CallerText { get; init; } = "";
    public NumberForm CallerForm { get; init; }
    public E164Number Caller { get; init; }
    public string CalledText { get; init; } = "";
    public NumberForm CalledForm { get; init; }
    public E164Number Called { get; init; }
    public string UserId { get; init; } = "";

    /// <summary>Between extensions of the PBX: free, and never an emergency call.</summary>
    public bool Internal { get; init; }

    /// <summary>Feature code 92 (R8): the caller ID is verified all the same, then withheld.</summary>
    public bool HideCallerId { get; init; }

    /// <summary>The edge can ask for more time during the call, so it gets slices.</summary>
    public bool CanExtend { get; init; }

    /// <summary>The edge sends StartCall, so an unanswered call may be given up after 180 s.</summary>
    public bool ReportsAnswer { get; init; }

    /// <summary>Seconds asked for; 0 = as long as allowed.</summary>
    public int RequestedSeconds { get; init; }

    /// <summary>R13: the edge listed codecs and G.711 was not among them.</summary>
    public bool LacksG711 { get; init; }
    public string EdgeId { get; init; } = "";

    /// <summary>When the edge first tried; null = now.</summary>
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>A privileged import of an old CDR: list, plan and month follow this time.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
}
