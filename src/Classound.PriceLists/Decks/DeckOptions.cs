using Classound.Charging.Rating;

namespace Classound.PriceLists.Decks;

/// <summary>How to read a deck. What is left out is detected.</summary>
public sealed record DeckOptions
{
    /// <summary>What counts as now: earlier dates are in force, later ones make versions of their own.</summary>
    public required DateTimeOffset ReferenceTime { get; init; }

    /// <summary>IANA zone in which the deck's dates begin.</summary>
    public string TimeZoneId { get; init; } = "Etc/UTC";

    /// <summary>Currency of the list, ISO 4217; a deck that says another one is refused. Empty = whatever the deck has.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Each target at most once.</summary>
    public IReadOnlyList<DeckColumnChoice> Columns { get; init; } = [];

    /// <summary>The worksheet to read.</summary>
    public string? Sheet { get; init; }

    /// <summary>'.' or ','.</summary>
    public char? DecimalSeparator { get; init; }

    public DateOrder? DateOrder { get; init; }

    /// <summary>Increments of rows without their own; null = 1/1.</summary>
    public DeckIncrements? Increments { get; init; }

    /// <summary>Digits that stand before every code and are dialled, not part of the number, such as "00"; empty = none.</summary>
    public string? InternationalPrefix { get; init; }

    /// <summary>How lists of codes are meant; null: where that is open, it is an error.</summary>
    public DeckCodeLists? CodeLists { get; init; }

    public AreaRules AreaRules { get; init; } = AreaRules.None;

    /// <summary>Area of what no rule names; null: then that is an error.</summary>
    public CallArea? DefaultArea { get; init; }

    /// <summary>
    /// Its prices stay until a row's own date, and what a deck does not speak of is taken from it: Areas table, plans, DID and
    /// FreePhone fees. Null = there is none.
    /// </summary>
    public PriceListContent? Base { get; init; }

    /// <summary>R6 and the dearest minute, as in the own format.</summary>
    public PriceListRules Rules { get; init; } = new();

    /// <summary>Told the rows read so far, now and then.</summary>
    public IProgress<int>? Progress { get; init; }
}
