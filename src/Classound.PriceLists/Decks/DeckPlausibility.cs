namespace Classound.PriceLists.Decks;

/// <summary>Whether what stands in a column can be what its heading says.</summary>
internal static class DeckPlausibility
{
    /// <summary>At least half of the values that are there.</summary>
    public static bool Holds(DeckTarget target, IEnumerable<string> values)
    {
        int seen = 0, fitting = 0;
        foreach (var value in values)
        {
            if (value.Length == 0) continue;
            seen++;
            if (Fits(target, value)) fitting++;
        }

        return fitting * 2 >= seen;
    }

    private static bool Fits(DeckTarget target, string value) => target switch
    {
        DeckTarget.Prefix or DeckTarget.CountryCode or DeckTarget.AreaCode => IsCode(value),
        DeckTarget.Price or DeckTarget.ConnectFee => DeckNumber.TryParse(value, '.', out _, out _) || DeckNumber.TryParse(value, ',', out _, out _),
        DeckTarget.Increments => DeckIncrements.TryParse(value, out _),
        DeckTarget.FirstIncrement or DeckTarget.NextIncrement => DeckIncrements.TryParseSeconds(value, out _),
        DeckTarget.MinimumSeconds => value is "0" || DeckIncrements.TryParseSeconds(value, out _),
        DeckTarget.ValidFrom or DeckTarget.ValidUntil => DeckDate.IsAtOnce(value) || DeckDate.IsOpen(value) || DeckDate.TryParse(value, DateOrder.DayMonthYear, out _)
            || DeckDate.TryParse(value, DateOrder.MonthDayYear, out _),
        DeckTarget.Country or DeckTarget.Destination => value.Any(char.IsLetter),
        DeckTarget.Currency => Currencies.IsMark(value),
        _ => true,
    };

    // Letters only as in "^0039..*", "44xxx" and 3.9E+11, which is reported where it stands.
    private static bool IsCode(string value) =>
        value.Any(char.IsAsciiDigit) && !value.Any(static c => char.IsLetter(c) && c is not ('x' or 'X' or 'e' or 'E'));
}
