using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>How the own format writes terms, sharing, days and times of day.</summary>
internal static class OwnWords
{
    public const string Days = "Mon,Tue,Wed,Thu,Fri,Sat,Sun";

    private const string SpreadsheetDay0 = "1899-12-30";
    private const string SpreadsheetDay1 = "1899-12-31";
    private const int DaysOfAWeek = 7;
    private const int MinutesOfADay = 1440;

    private static readonly string[] DayNames = Days.Split(',');

    public static string Word(PlanTerm term) => term switch
    {
        PlanTerm.Month => "1m",
        PlanTerm.Year => "1y",
        PlanTerm.FiveYears => "5y",
        _ => throw new ArgumentOutOfRangeException(nameof(term), term, "expected a term of a plan"),
    };

    public static PlanTerm? Term(string word) => word switch
    {
        "1m" => PlanTerm.Month,
        "1y" => PlanTerm.Year,
        "5y" => PlanTerm.FiveYears,
        _ => null,
    };

    public static string Word(AllowanceSharing sharing) => sharing switch
    {
        AllowanceSharing.Pooled => "POOLED",
        AllowanceSharing.PerUser => "PER_USER",
        _ => throw new ArgumentOutOfRangeException(nameof(sharing), sharing, "expected a sharing of minutes"),
    };

    public static AllowanceSharing? Sharing(string word) => word switch
    {
        "POOLED" => AllowanceSharing.Pooled,
        "PER_USER" => AllowanceSharing.PerUser,
        _ => null,
    };

    /// <summary><c>Mon-Fri</c>, <c>Sat,Sun</c>, <c>Mon,Wed-Fri</c>.</summary>
    public static string Word(WeekDays days)
    {
        var parts = new List<string>();
        for (var first = 0; first < DaysOfAWeek; first++)
        {
            var last = first;
            if (!Has(days, first)) continue;
            while (last + 1 < DaysOfAWeek && Has(days, last + 1)) last++;
            parts.Add(last > first + 1 ? $"{DayNames[first]}-{DayNames[last]}" : DayNames[first]);
            if (last > first + 1) first = last;
        }

        return string.Join(',', parts);
    }

    /// <summary>Days one by one or as a range, joined by commas; a range may pass Sunday. None for anything else.</summary>
    public static WeekDays ParseDays(string text)
    {
        var days = WeekDays.None;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var first = Array.IndexOf(DayNames, dash < 0 ? part : part[..dash].Trim());
            var last = dash < 0 ? first : Array.IndexOf(DayNames, part[(dash + 1)..].Trim());
            if (first < 0 || last < 0) return WeekDays.None;
            for (var day = first; ; day = (day + 1) % DaysOfAWeek)
            {
                days |= (WeekDays)(1 << day);
                if (day == last) break;
            }
        }

        return days;
    }

    /// <summary><c>08:00</c>; 1440 is <c>24:00</c>.</summary>
    public static string Time(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    /// <summary>
    /// Minutes since midnight; null for anything but <c>HH:mm</c> up to <c>24:00</c>. A spreadsheet adds seconds, and makes of a time of day
    /// that was typed into it a moment of its day 0.
    /// </summary>
    public static int? ParseTime(string text)
    {
        if (text == SpreadsheetDay1) return MinutesOfADay;
        if (text == SpreadsheetDay0) return 0;
        var span = text.StartsWith(SpreadsheetDay0 + " ", StringComparison.Ordinal) ? text.AsSpan(SpreadsheetDay0.Length + 1) : text.AsSpan();
        if (span.Length == 8 && span.EndsWith(":00", StringComparison.Ordinal)) span = span[..5];
        if (span.Length != 5 || span[2] != ':') return null;
        if (!int.TryParse(span[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)) return null;
        if (!int.TryParse(span[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59) return null;
        var minute = hours * 60 + minutes;
        return minute <= MinutesOfADay ? minute : null;
    }

    private static bool Has(WeekDays days, int day) => ((int)days & (1 << day)) != 0;
}
