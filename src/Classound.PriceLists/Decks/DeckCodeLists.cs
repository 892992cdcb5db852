namespace Classound.PriceLists.Decks;

/// <summary>How a cell with several groups of digits is meant, where it could be meant in two ways.</summary>
public enum DeckCodeLists : byte
{
    /// <summary>Each group is a whole code: 49151,152 is a German and an American code, 49,151 too.</summary>
    Complete = 1,

    /// <summary>A shorter code lacks the digits that it shares with the one before: 49151,152 and 49151-152 are 49151 and 49152.</summary>
    Shorthand = 2,

    /// <summary>A comma, point or apostrophe before each three digits groups them: 49,151 is 49151.</summary>
    Thousands = 3,
}
