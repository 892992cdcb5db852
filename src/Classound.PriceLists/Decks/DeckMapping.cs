namespace Classound.PriceLists.Decks;

/// <summary>How a deck was read: what was detected, and what was given instead.</summary>
public sealed record DeckMapping
{
    /// <summary>Worksheet; empty for text.</summary>
    public required string Sheet { get; init; }

    /// <summary>Line of the column headings, from 1.</summary>
    public required int HeaderLine { get; init; }

    /// <summary>The columns that are used, by target.</summary>
    public required IReadOnlyList<DeckColumn> Columns { get; init; }

    /// <summary>Headings of the columns that are not used, with their numbers.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    /// <summary>'.' or ','.</summary>
    public required char DecimalSeparator { get; init; }

    /// <summary>Null where no date of the deck needs it.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>Increments of rows without their own.</summary>
    public required DeckIncrements Increments { get; init; }

    /// <summary>Taken off every code: "00"; empty = the codes have none.</summary>
    public required string InternationalPrefix { get; init; }

    /// <summary>How lists of codes were read: as whole codes where nothing else was given.</summary>
    public required DeckCodeLists CodeLists { get; init; }

    /// <summary>What stands above the headings.</summary>
    public required IReadOnlyList<DeckFact> Facts { get; init; }

    /// <summary>Cells that a row has by its headings; 0 = there are none.</summary>
    internal int Width { get; init; }

    /// <summary>Where the column of this target stands, from 0; -1 = there is none.</summary>
    internal int IndexOf(DeckTarget target)
    {
        foreach (var column in Columns)
            if (column.Target == target) return column.Number - 1;
        return -1;
    }
}

/// <summary>A column that is used.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Heading">As it stands there.</param>
/// <param name="Sample">The first value in it.</param>
/// <param name="Given">By the options, not detected.</param>
public sealed record DeckColumn(DeckTarget Target, int Number, string Heading, string Sample, bool Given);

/// <summary>Something that a deck says of itself above its headings, such as its currency.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Name">Such as "Currency"; empty for a plain line.</param>
/// <param name="Value">As it stands there, but dates that Excel counts in days are written out.</param>
public sealed record DeckFact(int Line, string Name, string Value);

/// <summary>Which column to take, where detection would be wrong.</summary>
/// <param name="Column">Its heading as it stands there, in whatever case, or its number from 1; <see cref="None"/> = the deck has none.</param>
public sealed record DeckColumnChoice(DeckTarget Target, string Column)
{
    public const string None = "-";
}
