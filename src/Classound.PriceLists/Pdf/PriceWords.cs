using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Pdf;

/// <summary>How a price list says things to a customer.</summary>
internal static class PriceWords
{
    private const int MinutesPerDay = 1440;

    /// <summary>END_USER becomes End User.</summary>
    public static string Type(string type) => string.Join(' ', type
        .Split(['_', '-', ' '], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant()));

    public static string Term(PlanTerm term) => term switch
    {
        PlanTerm.Month => "1 month",
        PlanTerm.Year => "1 year",
        PlanTerm.FiveYears => "5 years",
        _ => throw new ArgumentOutOfRangeException(nameof(term), term, "Expected a term of a plan."),
    };

    public static string Sharing(AllowanceSharing sharing) => sharing switch
    {
        AllowanceSharing.Pooled => "shared by all users",
        AllowanceSharing.PerUser => "each user's own",
        _ => throw new ArgumentOutOfRangeException(nameof(sharing), sharing, "Expected how minutes are shared."),
    };

    /// <summary>"1–5", "6", "21 and more"; both ends included.</summary>
    public static string Users(int from, int to) =>
        to == int.MaxValue ? Say($"{from} and more") : from == to ? Say($"{from}") : Say($"{from}–{to}");

    /// <summary>"1 January 2027, 00:00 (UTC+01:00)": with its offset, because one local hour a year is there twice.</summary>
    public static string Moment(DateTimeOffset at, string timeZoneId)
    {
        var local = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZoneId));
        var clock = local.Second == 0 ? "HH:mm" : "HH:mm:ss";
        return local.ToString($"d MMMM yyyy, {clock} '(UTC'zzz')'", CultureInfo.InvariantCulture);
    }

    /// <summary>"Mon–Fri 08:00–18:00".</summary>
    public static string Band(TariffBand band) => $"{Days(band.Days)} {Hours(band)}";

    public static string Days(WeekDays days)
    {
        if (days == WeekDays.All) return "daily";
        var runs = new List<string>();
        for (var day = 0; day < 7; day++)
        {
            if (!Has(days, day)) continue;
            var first = day;
            while (day < 6 && Has(days, day + 1)) day++;
            runs.Add(day == first ? Name(first) : day == first + 1 ? $"{Name(first)}, {Name(day)}" : $"{Name(first)}–{Name(day)}");
        }

        return string.Join(", ", runs);
    }

    private static string Hours(TariffBand band)
    {
        if (band.FromMinute == 0 && band.ToMinute is 0 or MinutesPerDay) return "all day";
        if (band.ToMinute is 0 or MinutesPerDay) return $"{Clock(band.FromMinute)}–24:00";
        var next = band.ToMinute <= band.FromMinute ? " next day" : "";
        return $"{Clock(band.FromMinute)}–{Clock(band.ToMinute)}{next}";
    }

    private static bool Has(WeekDays days, int day) => ((int)days & (1 << day)) != 0;

    private static string Name(int day) => ((WeekDays)(1 << day)).ToString()[..3];

    private static string Clock(int minute) => Say($"{minute / 60:00}:{minute % 60:00}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
