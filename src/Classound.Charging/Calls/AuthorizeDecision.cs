using Classound.Charging.Rating;

namespace Classound.Charging.Calls;

public enum AuthorizeOutcome : byte
{
    Granted = 1,
    Denied = 2,

    /// <summary>The call is active: the grant as it stands now.</summary>
    Repeated = 3,
}

/// <summary>The answer to an <see cref="AuthorizeRequest"/>, and all that <see cref="Pbx.Apply"/> needs. Allocates nothing when granted.</summary>
public readonly record struct AuthorizeDecision
{
    public AuthorizeOutcome Outcome { get; init; }
    public DenialReason Reason { get; init; }

    /// <summary>The field or value that decided a denial.</summary>
    public string Subject { get; init; }

    /// <summary>The call that a repeat found.</summary>
    public ActiveCall? Active { get; init; }
    public PriceListVersion? List { get; init; }
    public PriceListEntry? Entry { get; init; }
    public Tariff? Tariff { get; init; }
    public int Month { get; init; }
    public DateOnly Day { get; init; }
    public int Seat { get; init; }
    public int MaximumSeconds { get; init; }
    public HoldTerms Hold { get; init; }
    public GrantWarnings Warnings { get; init; }

    internal static AuthorizeDecision Deny(DenialReason reason, string subject) =>
        new() { Outcome = AuthorizeOutcome.Denied, Reason = reason, Subject = subject };
}

/// <summary>How long a call may last now, and what that holds of the allowance and of the caps.</summary>
/// <param name="Seconds">From answer; 0 = nothing can be granted, and <paramref name="Limit"/> says why.</param>
/// <param name="Limit">What kept the grant below its target, or None.</param>
public readonly record struct HoldTerms(int Seconds, int IncludedSeconds, Amount Money, DenialReason Limit);
