namespace Classound.Charging.Rating;

/// <summary>One line of "why does this call cost what it costs?": equal increments in a row, or the connect fee.</summary>
/// <param name="Kind">What the line is.</param>
/// <param name="FromSecond">Elapsed second at which it starts.</param>
/// <param name="ToSecond">Elapsed second at which its last increment ends, which may be after the call did.</param>
/// <param name="Increments">How many increments; 0 for the connect fee.</param>
/// <param name="IncrementSeconds">Length of each in seconds; 0 for the connect fee.</param>
/// <param name="Price">Price per <paramref name="PerSeconds"/>; the fee itself for the connect fee; zero when included.</param>
/// <param name="PerSeconds">Seconds the price is for; 0 for the connect fee and when included.</param>
/// <param name="BandIndex">Index of the band that priced it; null outside every band and when included.</param>
/// <param name="ExactCost">The unrounded cost in 10^-9 currency units, <c>numerator/denominator</c> in lowest terms.</param>
public sealed record RatedSegment(
    RatedSegmentKind Kind,
    int FromSecond,
    int ToSecond,
    int Increments,
    int IncrementSeconds,
    Amount Price,
    int PerSeconds,
    int? BandIndex,
    string ExactCost)
{
    /// <summary>True when the allowance paid.</summary>
    public bool Included => Kind == RatedSegmentKind.Included;
}

/// <summary>What a <see cref="RatedSegment"/> stands for.</summary>
public enum RatedSegmentKind : byte
{
    /// <summary>Increments that the allowance paid.</summary>
    Included = 1,

    /// <summary>The connect fee, where money starts.</summary>
    ConnectFee = 2,

    /// <summary>Increments paid in money.</summary>
    Charged = 3,
}
