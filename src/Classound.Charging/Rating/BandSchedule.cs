using System.Collections.Immutable;

namespace Classound.Charging.Rating;

/// <summary>Bands of a tariff in a zone: which one is in force at an instant, and for how many seconds of a call.</summary>
internal sealed class BandSchedule(ImmutableArray<TariffBand> bands, TimeZoneInfo zone)
{
    // No zone moves its clock twice within a day, so one look at both ends of a day's window finds a change.
    private const long LookAheadSeconds = 86_400;

    private const long TicksPerWeek = TimeSpan.TicksPerDay * 7;

    private readonly WeekMap _week = new(bands);

    /// <summary>
    /// The band (or <see cref="WeekMap.NoBand"/>) at <paramref name="second"/> of a call answered at
    /// <paramref name="answeredAt"/>; <paramref name="untilSecond"/> is the first later second of the call at which to ask again.
    /// </summary>
    public int BandAt(DateTimeOffset answeredAt, long second, out long untilSecond)
    {
        var instant = answeredAt.UtcTicks + second * TimeSpan.TicksPerSecond;
        var offset = Offset(instant);
        var local = instant + offset;
        // Tick 0 is a Monday, so weeks need no further alignment; west of Greenwich the first hours of year 1 lie before it.
        var tickOfWeek = (local + TicksPerWeek) % TicksPerWeek;
        var band = _week.BandAt((int)(tickOfWeek / TimeSpan.TicksPerMinute), out var endMinute);
        var ticksLeft = endMinute * TimeSpan.TicksPerMinute - tickOfWeek;
        // Rounded up: with a fraction of a second in the answer time, the second that straddles the boundary starts before it.
        var seconds = Math.Min((ticksLeft + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond, LookAheadSeconds);
        untilSecond = second + SecondsAtOffset(instant, offset, seconds);
        return band;
    }

    /// <summary>How many of the coming seconds start before the clocks change; all of them on most days.</summary>
    private long SecondsAtOffset(long instant, long offset, long seconds)
    {
        if (Offset(instant + seconds * TimeSpan.TicksPerSecond) == offset) return seconds;
        long same = 0;
        var changed = seconds;
        while (changed - same > 1)
        {
            var middle = (same + changed) / 2;
            if (Offset(instant + middle * TimeSpan.TicksPerSecond) == offset) same = middle;
            else changed = middle;
        }

        return changed;
    }

    // A call that outlasts the calendar keeps the last day's offset.
    private long Offset(long utcTicks) =>
        zone.GetUtcOffset(new DateTime(Math.Min(utcTicks, DateTime.MaxValue.Ticks), DateTimeKind.Utc)).Ticks;
}
