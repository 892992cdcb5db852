namespace Classound.Charging.Allowances;

/// <summary>Months and days in a PBX's own time zone (product.md, months). A month is the integer YYYYMM.</summary>
public sealed class LocalCalendar
{
    // Offsets are whole minutes and change on whole minutes since 1972, so the local date cannot change within a minute of
    // UTC: one conversion serves all calls of it. (A quarter of an hour was tried: St John's turned its clocks back at
    // 00:01 until 2011, into the day before.)
    private static readonly long SlotTicks = TimeSpan.FromMinutes(1).Ticks;

    private readonly TimeZoneInfo _zone;
    private long _slot = -1;
    private DateOnly _day;

    public LocalCalendar(string timeZoneId) => _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZoneId);

    public DateOnly DayOf(DateTimeOffset instant)
    {
        var slot = instant.UtcTicks / SlotTicks;
        if (slot != _slot)
        {
            _day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime);
            _slot = slot;
        }
        return _day;
    }

    public int MonthOf(DateTimeOffset instant) => MonthOf(DayOf(instant));

    /// <summary>
    /// The first instant of a day. Searched for, not converted: some zones turn their clocks at midnight, and then it is there twice or never.
    /// </summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var utc = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        // No zone is further than 14 hours from UTC, and days change on whole minutes (see above).
        var (before, within) = (-15 * 60, 15 * 60);
        while (within - before > 1)
        {
            var middle = (before + within) / 2;
            if (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc.AddMinutes(middle), _zone).DateTime) < day) before = middle;
            else within = middle;
        }
        return utc.AddMinutes(within);
    }

    public static int MonthOf(DateOnly day) => (day.Year * 100) + day.Month;

    public static DateOnly FirstDay(int month) => new(month / 100, month % 100, 1);

    public static int Next(int month) => month % 100 == 12 ? month + 89 : month + 1;

    public static int Previous(int month) => month % 100 == 1 ? month - 89 : month - 1;

    public static int DaysIn(int month) => DateTime.DaysInMonth(month / 100, month % 100);

    public static bool IsValidMonth(int month) => month is >= 197001 and <= 999912 && month % 100 is >= 1 and <= 12;
}
