namespace Classound.Charging.Rating;

/// <summary>
/// One prefix of a price list: its digits and its terms in 16 bytes. With objects of their own, a million prefixes were two
/// million objects, which the collector copied while calls waited. The default is no entry.
/// </summary>
public readonly record struct PriceListEntry
{
    /// <param name="prefix">1 to 15 digits without '+', the first of them 1-9.</param>
    /// <inheritdoc cref="PriceListTerms(string, string, CallArea, Tariff?, bool)" path="/param"/>
    /// <exception cref="ArgumentException">The prefix is something else; the message names it.</exception>
    public PriceListEntry(string prefix, string country, string destination, CallArea area, Tariff? ownTariff, bool highCost)
        : this(NumberPrefix.Parse(prefix), new PriceListTerms(country, destination, area, ownTariff, highCost))
    {
    }

    /// <param name="terms">Prefixes of equal terms should share them.</param>
    public PriceListEntry(NumberPrefix digits, PriceListTerms terms)
    {
        SortKey = digits.SortKey;
        Terms = terms;
    }

    /// <param name="sortKey">That of the prefix: a lookup knows it before its digits.</param>
    /// <param name="terms">Its terms.</param>
    internal PriceListEntry(ulong sortKey, PriceListTerms terms) => (SortKey, Terms) = (sortKey, terms);

    public PriceListTerms Terms { get; init; }

    /// <summary>False for the default.</summary>
    public bool IsPresent => SortKey != 0;

    public NumberPrefix Digits => NumberPrefix.FromSortKey(SortKey);

    /// <summary>The digits as text, which is made anew each time.</summary>
    public string Prefix
    {
        get => Digits.ToString();
        init => SortKey = NumberPrefix.Parse(value).SortKey;
    }

    public string Country => Terms.Country;

    public string Destination
    {
        get => Terms.Destination;
        init => Terms = Terms with { Destination = value };
    }

    public CallArea Area
    {
        get => Terms.Area;
        init => Terms = Terms with { Area = value };
    }

    public Tariff? OwnTariff
    {
        get => Terms.OwnTariff;
        init => Terms = Terms with { OwnTariff = value };
    }

    public bool HighCost
    {
        get => Terms.HighCost;
        init => Terms = Terms with { HighCost = value };
    }

    /// <summary>The order of price lists; see <see cref="NumberPrefix.SortKey"/>.</summary>
    public ulong SortKey { get; private init; }
}
