using System.Globalization;

namespace Classound.PriceLists.Decks;

/// <summary>A date of a deck: days as Excel counts them, ISO, or numbers and names of months in some order.</summary>
internal static class DeckDate
{
    private const int MinSerial = 20_000; // 1954; smaller numbers are something else.
    private const int MaxSerial = 80_000; // 2119

    private static readonly DateTime SerialZero = new(1899, 12, 30);

    private static readonly string[] Named =
        ["d-MMM-yyyy", "d MMM yyyy", "d-MMM-yy", "d MMM yy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy", "MMM-d-yyyy", "ddMMMyyyy"];

    private static readonly string[] Times = ["H:mm", "H:mm:ss", "h:mm tt", "h:mm:ss tt", "HH:mm:ss.FFFFFFF"];

    private static readonly string[] AtOnce = ["asap", "immediate", "immediately", "now", "current", "with immediate effect", "-", "n/a"];

    private static readonly string[] Open =
        ["open", "open end", "open ended", "unlimited", "indefinite", "until further notice", "ufn", "none", "never", "-", "n/a", "no end"];

    /// <summary>True for words that mean "without an end".</summary>
    public static bool IsOpen(string text) => text.Length == 0 || Open.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>True for words that mean "in force already".</summary>
    public static bool IsAtOnce(string text) => text.Length == 0 || AtOnce.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>The day and time of the deck's own zone; false for what is no date in this order.</summary>
    /// <param name="order">Null where it was not needed to read the column.</param>
    public static bool TryParse(string text, DateOrder? order, out DateTime date)
    {
        if (TrySerial(text, out date)) return true;
        var (day, time) = SplitTime(text);
        if (!TryTime(time, out var ofDay)) return false;
        if (!TryDay(day, order, out date)) return false;
        date += ofDay;
        return true;
    }

    /// <summary>The three numbers of a date whose order is open; "." stands between day and month only.</summary>
    /// <param name="shortYear">None of them has more than two digits.</param>
    public static bool TryOpenOrder(string text, out int[] numbers, out bool shortYear)
    {
        (numbers, shortYear) = ([], false);
        if (TrySerial(text, out _) || !TryNumbers(SplitTime(text).Day, out numbers, out var separator, out var yearFirst)) return false;
        shortYear = HasShortYear(text);
        return separator != '.' && !yearFirst && numbers[0] > 0 && numbers[1] > 0;
    }

    /// <summary>Whether the year is written with two digits.</summary>
    public static bool HasShortYear(string text)
    {
        var run = 0;
        foreach (var c in SplitTime(text).Day)
        {
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            if (run == 4) return false;
        }

        return true;
    }

    /// <summary>Whether prices may be of this year, with or without its century: ten years back, three ahead.</summary>
    public static bool IsNear(int year, int referenceYear) => (year < 100 ? Century(year) : year) - referenceYear is >= -10 and <= 3;

    public static bool TrySerial(string text, out DateTime date)
    {
        date = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days)) return false;
        if (days is < MinSerial or >= MaxSerial) return false;
        var seconds = (long)decimal.Round((days - decimal.Floor(days)) * 86_400m);
        date = SerialZero.AddDays((int)decimal.Floor(days)).AddTicks(seconds * TimeSpan.TicksPerSecond);
        return true;
    }

    private static bool TryDay(string text, DateOrder? order, out DateTime date)
    {
        date = default;
        if (text.Length == 8 && DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)) return true;
        if (!TryNumbers(text, out var numbers, out var separator, out var yearFirst))
        {
            return DateTime.TryParseExact(
                text.Replace(",", "", StringComparison.Ordinal), Named, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out date);
        }

        var (year, month, day) = (yearFirst, separator == '.' ? DateOrder.DayMonthYear : order) switch
        {
            (true, _) or (_, DateOrder.YearMonthDay) => (numbers[0], numbers[1], numbers[2]),
            (_, DateOrder.MonthDayYear) => (numbers[2], numbers[0], numbers[1]),
            (_, DateOrder.DayMonthYear) => (numbers[2], numbers[1], numbers[0]),
            // The same in either order, or nobody asked for one.
            _ => numbers[0] == numbers[1] ? (numbers[2], numbers[1], numbers[0]) : (0, 0, 0),
        };
        if (year < 100 && HasShortYear(text)) year = Century(year);
        if (year is < 1900 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateTime(year, month, day);
        return true;
    }

    // As names of months are read with: 49 is 2049, 50 is 1950.
    private static int Century(int year) => CultureInfo.InvariantCulture.Calendar.ToFourDigitYear(year);

    private static bool TryNumbers(string text, out int[] numbers, out char separator, out bool yearFirst)
    {
        (numbers, yearFirst) = ([], false);
        var at = text.IndexOfAny(['/', '-', '.']);
        separator = at < 0 ? ' ' : text[at];
        if (at < 0) return false;
        var parts = text.Split(separator);
        if (parts.Length != 3) return false;
        yearFirst = parts[0].Trim().Length > 2;
        numbers = new int[3];
        for (var i = 0; i < 3; i++)
        {
            if (parts[i].Trim().Length is 0 or > 4
                || !int.TryParse(parts[i].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return false;
        }

        return true;
    }

    private static (string Day, string Time) SplitTime(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return (text.TrimEnd('Z'), "");
        var gap = text.LastIndexOfAny([' ', 'T'], colon);
        return gap < 0 ? (text, "") : (text[..gap].Trim(), text[(gap + 1)..].TrimEnd('Z').Trim());
    }

    private static bool TryTime(string text, out TimeSpan ofDay)
    {
        ofDay = TimeSpan.Zero;
        if (text.Length == 0) return true;
        if (!DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var time)) return false;
        ofDay = time.TimeOfDay;
        return true;
    }
}
