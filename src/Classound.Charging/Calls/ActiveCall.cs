using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging.Calls;

/// <summary>A call between its authorisation and its settlement, with what it holds. Immutable: a change makes a new one.</summary>
public sealed record ActiveCall
{
    public required string CallId { get; init; }
    public required CallDirection Direction { get; init; }
    public E164Number Caller { get; init; }
    public E164Number Called { get; init; }
    public string CallerText { get; init; } = "";
    public string CalledText { get; init; } = "";
    public string UserId { get; init; } = "";
    public bool Internal { get; init; }
    public bool HideCallerId { get; init; }
    public bool CanExtend { get; init; }
    public bool ReportsAnswer { get; init; }
    public string EdgeId { get; init; } = "";
    public required DateTimeOffset AuthorisedAt { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Null for calls without a price: inbound and internal ones.</summary>
    public CallPricing? Pricing { get; init; }

    /// <summary>The month (YYYYMM) and day in the PBX's zone that its holds lie in.</summary>
    public required int HoldMonth { get; init; }
    public required DateOnly HoldDay { get; init; }

    /// <summary>Seat whose minutes a PER_USER call uses; -1 = the pool.</summary>
    public int Seat { get; init; } = -1;

    /// <summary>Seconds from answer that the call may last now.</summary>
    public required int GrantedSeconds { get; init; }

    /// <summary>Seconds it could reach by extension.</summary>
    public required int MaximumSeconds { get; init; }
    public bool Final { get; init; }
    public int HeldIncludedSeconds { get; init; }
    public Amount HeldMoney { get; init; }
    public required DateTimeOffset LeaseEndsAt { get; init; }

    /// <summary>Of the last ExtendCall; 0 = none yet.</summary>
    public int RequestNumber { get; init; }

    /// <summary>Cumulative seconds the edge last confirmed.</summary>
    public int ConfirmedSeconds { get; init; }

    /// <summary>
    /// The earliest answer that the reports of usage come to, each by when it came, and never before the call was allowed. A report
    /// that was late or repeated says a later one than it was, and none says an earlier. Null = no usage was reported.
    /// </summary>
    public DateTimeOffset? ReckonedAnswer { get; init; }

    /// <summary>When its edge made the newest list that names it, by that edge's clock; null = none did.</summary>
    public DateTimeOffset? ListedAt { get; init; }
    public CallFlags Flags { get; init; }
    public GrantWarnings Warnings { get; init; }

    /// <summary>The time that list, plan and month follow.</summary>
    public DateTimeOffset BusinessTime => OccurredAt ?? AuthorisedAt;

    public bool Imported => OccurredAt is not null;

    /// <summary>The name of the first field in which a repeat differs, or null.</summary>
    public string? DifferenceFrom(AuthorizeRequest repeat) =>
        CallIdentity.Difference(repeat, Direction, CallerText, CalledText, UserId, Internal);
}
