using System.Collections.Immutable;
using System.Globalization;

namespace Classound.Charging.Rating;

/// <summary>
/// The bands of a tariff laid over the local week: for each stretch of minutes since Monday 00:00 the band in force.
/// </summary>
internal sealed class WeekMap
{
    /// <summary>No band: the tariff's own steps.</summary>
    public const int NoBand = -1;

    public const int MinutesPerWeek = 7 * MinutesPerDay;

    private const int MinutesPerDay = 1440;

    private readonly int[] _starts;
    private readonly int[] _bands;

    public WeekMap(ImmutableArray<TariffBand> bands)
    {
        var minutes = Minutes(bands, out _);
        var starts = new List<int>();
        for (var m = 0; m < MinutesPerWeek; m++)
            if (m == 0 || minutes[m] != minutes[m - 1]) starts.Add(m);
        _starts = [.. starts];
        _bands = [.. starts.Select(m => minutes[m])];
    }

    /// <summary>The band at a second of the local week, and how many whole minutes since Monday 00:00 that stretch ends at.</summary>
    public int BandAt(int minuteOfWeek, out int endMinute)
    {
        var found = Array.BinarySearch(_starts, minuteOfWeek);
        var index = found >= 0 ? found : ~found - 1;
        endMinute = index + 1 < _starts.Length ? _starts[index + 1] : MinutesPerWeek;
        return _bands[index];
    }

    /// <summary>Null, or the first minute of the week that two bands claim: which of them applies would be a guess.</summary>
    public static string? FindOverlap(ImmutableArray<TariffBand> bands)
    {
        Minutes(bands, out var overlap);
        return overlap;
    }

    // A minute map is 10,080 entries for a moment at import; intervals with wrap-around at midnight and at the week's end
    // were twice the code.
    private static int[] Minutes(ImmutableArray<TariffBand> bands, out string? overlap)
    {
        overlap = null;
        var minutes = new int[MinutesPerWeek];
        Array.Fill(minutes, NoBand);
        for (var i = 0; i < bands.Length; i++)
        {
            for (var day = 0; day < 7; day++)
            {
                if (((int)bands[i].Days & (1 << day)) == 0) continue;
                var clash = Claim(minutes, i, day * MinutesPerDay + bands[i].FromMinute, Length(bands[i]));
                if (clash >= 0) overlap ??= Describe(i, minutes[clash], clash);
            }
        }

        return minutes;
    }

    private static int Length(TariffBand band) =>
        band.ToMinute > band.FromMinute ? band.ToMinute - band.FromMinute : band.ToMinute + MinutesPerDay - band.FromMinute;

    private static int Claim(int[] minutes, int band, int from, int length)
    {
        var clash = -1;
        for (var m = from; m < from + length; m++)
        {
            var minute = m % MinutesPerWeek;
            if (minutes[minute] == NoBand) minutes[minute] = band;
            else if (clash < 0) clash = minute;
        }

        return clash;
    }

    private static string Describe(int band, int other, int minute)
    {
        var day = (WeekDays)(1 << (minute / MinutesPerDay));
        var time = TimeSpan.FromMinutes(minute % MinutesPerDay).ToString(@"hh\:mm", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture, $"band {band + 1} overlaps band {other + 1} at {day} {time}; expected at most one band at any time");
    }
}
