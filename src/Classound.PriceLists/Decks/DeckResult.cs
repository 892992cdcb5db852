using Classound.Charging.Rating;

namespace Classound.PriceLists.Decks;

/// <summary>A deck that was read: the versions it comes to, or the reasons why there are none. All or nothing.</summary>
public sealed record DeckResult
{
    /// <summary>Null where no table of prices was found.</summary>
    public DeckMapping? Mapping { get; init; }

    /// <summary>Rows below the headings.</summary>
    public required int Rows { get; init; }

    /// <summary>Different prefixes, closed ones too.</summary>
    public required int Prefixes { get; init; }

    /// <summary>The first <see cref="RemarkLog.Kept"/> errors, by line.</summary>
    public required IReadOnlyList<PriceListRemark> Errors { get; init; }

    public required int ErrorCount { get; init; }

    /// <summary>What is unusual, but allowed; the first <see cref="RemarkLog.Kept"/>, by line.</summary>
    public required IReadOnlyList<PriceListRemark> Notes { get; init; }

    public required int NoteCount { get; init; }

    /// <summary>Every code of every row that could be read, by its digits, then by date.</summary>
    public required IReadOnlyList<DeckPrice> Prices { get; init; }

    /// <summary>How many prefixes of a country went to an area, and by which rule.</summary>
    public required IReadOnlyList<DeckAreaAssignment> Areas { get; init; }

    /// <summary>The versions, by time; empty exactly when <see cref="ErrorCount"/> is not 0.</summary>
    public required IReadOnlyList<DeckPart> Parts { get; init; }
}

/// <summary>What is in force from a time on.</summary>
/// <param name="ValidFrom">Null = as of the reference time.</param>
public sealed record DeckPart(DateTimeOffset? ValidFrom, PriceListContent Content);

/// <summary>What one row says of one code.</summary>
/// <param name="Line">Line of the row.</param>
/// <param name="ValidFrom">When the price comes into force, or the code is withdrawn, as the deck says it; null = at once.</param>
/// <param name="ValidUntil">When the price ends; null = it does not. Of a closed row: it had ended before the reference time.</param>
/// <param name="Closed">The code is withdrawn.</param>
/// <param name="Entry">Its tariff is the row's own; null only for a closed row without a price.</param>
public sealed record DeckPrice(int Line, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, bool Closed, PriceListEntry Entry)
{
    /// <summary>The row tells of the past only: it says that the code is known, and whatever else is said of it wins.</summary>
    internal bool IsPast => Closed && ValidUntil is not null;
}

/// <summary>How many prefixes of a country went to an area, and why.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; empty where a prefix belongs to no country.</param>
/// <param name="Rule">The rule that decided: "DE mobile", "* special", "DE", "*" or "default".</param>
public sealed record DeckAreaAssignment(string Country, CallArea Area, string Rule, int Prefixes);
