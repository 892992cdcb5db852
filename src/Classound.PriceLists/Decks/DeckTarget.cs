namespace Classound.PriceLists.Decks;

/// <summary>What a column of another operator's rate deck can hold.</summary>
public enum DeckTarget : byte
{
    /// <summary>The whole prefix, or a list or ranges of them.</summary>
    Prefix = 1,

    /// <summary>Country code that goes before an area code.</summary>
    CountryCode = 2,

    /// <summary>What follows the country code.</summary>
    AreaCode = 3,

    /// <summary>Name or ISO code of the country.</summary>
    Country = 4,

    /// <summary>Name of the destination or of the network in the country.</summary>
    Destination = 5,

    /// <summary>Per minute.</summary>
    Price = 6,

    /// <summary>First and next increment in one cell, such as 30/6.</summary>
    Increments = 7,
    FirstIncrement = 8,
    NextIncrement = 9,
    ConnectFee = 10,
    MinimumSeconds = 11,

    /// <summary>From when on the row's price is in force.</summary>
    ValidFrom = 12,

    /// <summary>What becomes of the row: increase, new, closed. Several columns may say so.</summary>
    Change = 13,

    /// <summary>Currency of the row's price.</summary>
    Currency = 14,

    /// <summary>When the row's price ends.</summary>
    ValidUntil = 15,
}

/// <summary>How dates such as 03/04/2026 are meant.</summary>
public enum DateOrder : byte
{
    DayMonthYear = 1,
    MonthDayYear = 2,
    YearMonthDay = 3,
}
