using System.Collections.Immutable;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging.Calls;

/// <summary>One payer's share of a call; the same stored number is fee, debit, CDR and total.</summary>
public readonly record struct Charge(string Payer, string ListType, int ListNumber, Amount Amount);

/// <summary>
/// A finished call as it was settled: what happened, what it cost, and everything needed to say why. Three seconds,
/// three names: call (answer to release), rated (after minimum and increments), included (from the allowance).
/// </summary>
public sealed partial record RatedCall
{
    public const string PbxPayer = "PBX";

    public required string PbxId { get; init; }
    public required string CallId { get; init; }
    public required CallDirection Direction { get; init; }
    public E164Number Caller { get; init; }
    public E164Number Called { get; init; }
    public string CallerText { get; init; } = "";
    public string CalledText { get; init; } = "";
    public string UserId { get; init; } = "";
    public bool Internal { get; init; }
    public bool HideCallerId { get; init; }
    public string EdgeId { get; init; } = "";
    public required DateTimeOffset AuthorisedAt { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public required DateTimeOffset AnsweredAt { get; init; }
    public required DateTimeOffset SettledAt { get; init; }
    public required long DurationMs { get; init; }
    public required int CallSeconds { get; init; }
    public required int RatedSeconds { get; init; }
    public required int IncludedSeconds { get; init; }
    public int GrantedSeconds { get; init; }

    /// <summary>Allowance seconds free to this call when it was settled: with the tariff, it repeats the rating exactly.</summary>
    public int AvailableIncludedSeconds { get; init; }
    public required int UsageMonth { get; init; }
    public required int BillingMonth { get; init; }
    public required DateOnly UsageDay { get; init; }
    public int Seat { get; init; } = -1;
    public CallPricing? Pricing { get; init; }
    public required string Currency { get; init; }
    public ImmutableArray<Charge> Charges { get; init; } = [];
    public ReleaseCause Cause { get; init; } = ReleaseCause.None;
    public CallFlags Flags { get; init; }

    /// <summary>Seconds paid with money.</summary>
    public int ChargedSeconds => RatedSeconds - IncludedSeconds;

    public CallArea Area => Pricing?.Area ?? CallArea.None;

    /// <summary>What the PBX pays.</summary>
    public Amount Amount
    {
        get
        {
            var sum = Amount.Zero;
            foreach (var charge in Charges)
                if (charge.Payer == PbxPayer) sum += charge.Amount;
            return sum;
        }
    }

    /// <summary>
    /// Whether a second EndCall says the same as the first did. The answer may differ by what clocks may: a StartCall's
    /// time was kept where the end named a slightly different one, and the repeat names that again.
    /// </summary>
    public bool Agrees(EndRequest end) =>
        end.DurationMs == DurationMs && end.Cause == Cause
        && (end.AnsweredAt is not { } answered || end.DurationMs == 0 || (Flags & (CallFlags.ClockSkew | CallFlags.AnswerAssumed)) != 0
            || (answered - AnsweredAt).Duration() <= Pbx.ClockTolerance);

    /// <summary>The name of the first field in which a repeated authorisation differs, or null.</summary>
    public string? DifferenceFrom(AuthorizeRequest repeat) =>
        CallIdentity.Difference(repeat, Direction, CallerText, CalledText, UserId, Internal);

    public bool Equals(RatedCall? other) =>
        other is not null && PbxId == other.PbxId && CallId == other.CallId && Direction == other.Direction
        && Caller == other.Caller && Called == other.Called && CallerText == other.CallerText && CalledText == other.CalledText
        && UserId == other.UserId && Internal == other.Internal && HideCallerId == other.HideCallerId && EdgeId == other.EdgeId
        && AuthorisedAt == other.AuthorisedAt && OccurredAt == other.OccurredAt && AnsweredAt == other.AnsweredAt
        && SettledAt == other.SettledAt && DurationMs == other.DurationMs && CallSeconds == other.CallSeconds
        && RatedSeconds == other.RatedSeconds && IncludedSeconds == other.IncludedSeconds
        && GrantedSeconds == other.GrantedSeconds && AvailableIncludedSeconds == other.AvailableIncludedSeconds
        && UsageMonth == other.UsageMonth && BillingMonth == other.BillingMonth && UsageDay == other.UsageDay
        && Seat == other.Seat && Equals(Pricing, other.Pricing) && Currency == other.Currency && Cause == other.Cause
        && Flags == other.Flags && Corrects == other.Corrects && CorrectedFrom == other.CorrectedFrom && Charges.AsSpan().SequenceEqual(other.Charges.AsSpan());

    public override int GetHashCode() => HashCode.Combine(PbxId, CallId);
}
