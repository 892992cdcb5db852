namespace Classound.Charging.Rating;

/// <summary>What a call of a certain length comes to.</summary>
/// <param name="CallSeconds">Its length as it was asked, in seconds.</param>
/// <param name="RatedSeconds">Seconds of all its increments, included and charged: at least the minimum and the call's length.</param>
/// <param name="IncludedSeconds">Those of <paramref name="RatedSeconds"/> that came from the allowance.</param>
/// <param name="Money">The rest in money, connect fee included, rounded once to the price list's decimals.</param>
public readonly record struct CallRating(int CallSeconds, int RatedSeconds, int IncludedSeconds, Amount Money)
{
    /// <summary>Those of <see cref="RatedSeconds"/> that are paid with money.</summary>
    public int ChargedSeconds => RatedSeconds - IncludedSeconds;
}
