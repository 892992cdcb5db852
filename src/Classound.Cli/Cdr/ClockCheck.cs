using System.Globalization;

namespace Classound.Cli.Cdr;

/// <summary>
/// Asterisk's unique ids carry seconds since 1970 while its dates carry no zone; the distance between the two shows the
/// zone in which the dates were written. A wrong one would put calls into a wrong month without any other sign.
/// </summary>
public static class ClockCheck
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <summary>A sentence about a zone that does not fit, or null. The median counts: later rows of a call keep its first id.</summary>
    public static string? Warning(IEnumerable<CdrCall> calls, TimeZoneInfo zone)
    {
        var distances = calls.Where(static call => call.UniqueIdSeconds > 0)
            .Select(static call => call.StartTime.ToUnixTimeSeconds() - call.UniqueIdSeconds).Order().ToList();
        if (distances.Count == 0)
            return null;
        var median = TimeSpan.FromSeconds(distances[distances.Count / 2]);
        var quarters = (median.Ticks + (Math.Sign(median.Ticks) * (Step.Ticks / 2))) / Step.Ticks;
        if (quarters == 0)
            return null;
        var off = quarters * Step;
        var text = off.Duration().ToString(@"hh\:mm", CultureInfo.InvariantCulture);
        var wrong = off > TimeSpan.Zero ? "late" : "early";
        return $"The unique ids of the rows say that its dates, read in {zone.Id}, are {text} too {wrong}; give the PBX's --time-zone.";
    }
}
