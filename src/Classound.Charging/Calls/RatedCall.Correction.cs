using System.Collections.Immutable;

namespace Classound.Charging.Calls;

/// <summary>
/// A correction is a further rated call of the same id (product.md, months): its seconds and amounts are signed differences, all
/// else describes the call as it now stands. It keeps what it corrects, so that it gives the call as a whole again by itself.
/// </summary>
public sealed partial record RatedCall
{
    /// <summary>In a correction: what it corrects. Null in every other entry.</summary>
    public SettledBefore? Corrects { get; init; }

    /// <summary>In a call as a whole: what it was settled as before it was corrected. Null where it never was.</summary>
    public SettledBefore? CorrectedFrom { get; init; }

    /// <summary>Closed without a reported end, and not corrected.</summary>
    public bool IsUnconfirmed => Corrects is null && Flags.HasFlag(CallFlags.Unconfirmed);

    /// <summary>The difference between this call, which is a whole one, and what was settled of it first.</summary>
    public RatedCall Correcting(RatedCall first) => this with
    {
        DurationMs = DurationMs - first.DurationMs,
        CallSeconds = CallSeconds - first.CallSeconds,
        RatedSeconds = RatedSeconds - first.RatedSeconds,
        IncludedSeconds = IncludedSeconds - first.IncludedSeconds,
        Charges = [.. Charges.Zip(first.Charges, (now, then) => now with { Amount = now.Amount - then.Amount })],
        Corrects = SettledBefore.Of(first),
    };

    /// <summary>The call as it now stands: a correction added to what it corrects, any other entry as it is.</summary>
    public RatedCall AsWhole() => Corrects is not { } first
        ? this
        : this with
        {
            DurationMs = first.DurationMs + DurationMs,
            CallSeconds = first.CallSeconds + CallSeconds,
            RatedSeconds = first.RatedSeconds + RatedSeconds,
            IncludedSeconds = first.IncludedSeconds + IncludedSeconds,
            Charges = [.. Charges.Zip(first.Charges, (difference, then) => difference with { Amount = then.Amount + difference.Amount })],
            Corrects = null,
            CorrectedFrom = first,
        };
}

/// <summary>What a call was settled as before an end that came later corrected it.</summary>
public sealed record SettledBefore
{
    public required DateTimeOffset SettledAt { get; init; }
    public required long DurationMs { get; init; }
    public required int CallSeconds { get; init; }
    public required int RatedSeconds { get; init; }
    public required int IncludedSeconds { get; init; }
    public required int UsageMonth { get; init; }
    public required int BillingMonth { get; init; }
    public required ImmutableArray<Charge> Charges { get; init; }

    public static SettledBefore Of(RatedCall call) => new()
    {
        SettledAt = call.SettledAt, DurationMs = call.DurationMs, CallSeconds = call.CallSeconds, RatedSeconds = call.RatedSeconds,
        IncludedSeconds = call.IncludedSeconds, UsageMonth = call.UsageMonth, BillingMonth = call.BillingMonth, Charges = call.Charges,
    };

    public bool Equals(SettledBefore? other) =>
        other is not null && SettledAt == other.SettledAt && DurationMs == other.DurationMs && CallSeconds == other.CallSeconds
        && RatedSeconds == other.RatedSeconds && IncludedSeconds == other.IncludedSeconds && UsageMonth == other.UsageMonth
        && BillingMonth == other.BillingMonth && Charges.AsSpan().SequenceEqual(other.Charges.AsSpan());

    public override int GetHashCode() => HashCode.Combine(SettledAt, DurationMs, BillingMonth);
}
