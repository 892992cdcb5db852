namespace Classound.PriceLists;

/// <summary>One line of what differs between two versions.</summary>
/// <param name="Part">Which table of the list.</param>
/// <param name="Key">What it is about: the area, the prefix, the plan's code, country and kind of the DIDs, country of the FreePhone.</param>
/// <param name="Name">The destination's name; empty where the key says it all.</param>
/// <param name="Before">Price and what else counts, as the list would write it; empty = it was not there.</param>
/// <param name="After">The same afterwards; empty = it is not there any more.</param>
/// <param name="PricePerMinuteBefore">The dearest minute before, where there was one; so that rises and falls can be told apart.</param>
/// <param name="PricePerMinuteAfter">The dearest minute afterwards.</param>
/// <param name="Prefixes">Of an area: how many prefixes without a tariff of their own are in it, afterwards; if it went, before.</param>
public sealed record PriceListChange(
    PriceListPart Part, string Key, string Name, string Before, string After,
    Charging.Rating.Amount? PricePerMinuteBefore = null, Charging.Rating.Amount? PricePerMinuteAfter = null, int Prefixes = 0)
{
    public PriceListChangeKind Kind => Before.Length == 0 ? PriceListChangeKind.Added
        : After.Length == 0 ? PriceListChangeKind.Removed
        : PriceListChangeKind.Changed;

    /// <summary>The dearest minute costs more than it did; not so for what was not there before.</summary>
    public bool IsRaised => PricePerMinuteAfter > PricePerMinuteBefore;

    /// <summary>The dearest minute costs less than it did.</summary>
    public bool IsLowered => PricePerMinuteAfter < PricePerMinuteBefore;
}

/// <summary>A table of a price list.</summary>
public enum PriceListPart : byte
{
    Area = 1,
    Prefix = 2,
    Plan = 3,
    DidFee = 4,
    FreePhoneFee = 5,
}

/// <summary>What happened to a row.</summary>
public enum PriceListChangeKind : byte
{
    Added = 1,
    Changed = 2,
    Removed = 3,
}
