using System.Globalization;
using Classound.Charging.Calls;

namespace Classound.Charging.Tests.Simulation;

/// <summary>
/// Keeps its own, naive books of a PBX from what was asked and answered, says what each answer must be by product.md, and
/// compares all figures after every step. Knows nothing of ledgers; every figure that can be counted is counted.
/// </summary>
internal sealed partial class Auditor(string zoneId, DateOnly activeFrom, bool perUser, int licences)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
    private readonly List<(int Month, int Licences)> _licences = [(MonthOf(activeFrom), licences)];
    private readonly Dictionary<string, AuditCall> _active = [];
    private readonly Dictionary<string, (int Month, string Called)> _settled = [];
    private readonly Dictionary<int, AuditMonth> _months = [];
    private int _openFrom = MonthOf(activeFrom);
    private long _attemptSecond;
    private int _attempts;

    public AuditedLimits Limits { get; set; }
    public bool Suspended { get; set; }
    public IReadOnlyDictionary<string, AuditCall> Active => _active;
    public IReadOnlyCollection<string> Settled => _settled.Keys;

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);

    /// <summary>Time moved: billing months before this one are closed.</summary>
    public void Advance(DateTimeOffset now) => _openFrom = Math.Max(_openFrom, MonthOf(DayOf(now)));

    public void LicencesChanged(int count, DateTimeOffset now) => _licences.Add((MonthOf(DayOf(now)), count));

    /// <summary>Attempts of the running second are not stored.</summary>
    public void Restored() => _attempts = 0;

    /// <summary>The highest number of users of the month: that it began with, and each it was raised to.</summary>
    private int Users(int month) => Math.Max(
        _licences.Last(change => change.Month < month || change == _licences[0]).Licences,
        _licences.Where(change => change.Month == month).Select(change => change.Licences).DefaultIfEmpty(0).Max());

    /// <summary>40 minutes per user until November 2026, 25 from December on; in the month of activation by days, rounded up.</summary>
    private long PerUser(int month)
    {
        var minutes = month < 202612 ? 40 : 25;
        if (month != MonthOf(activeFrom)) return minutes * 60;
        var days = DateTime.DaysInMonth(activeFrom.Year, activeFrom.Month);
        return (minutes * (days - activeFrom.Day + 1) + days - 1) / days * 60;
    }

    private long Free(int month, int seat)
    {
        var books = Month(month);
        var held = _active.Values.Where(call => call.Month == month).ToList();
        var free = Users(month) * PerUser(month) - books.Used - held.Sum(call => (long)call.Included);
        if (!perUser) return free;
        if (seat < 0) return 0;
        var own = PerUser(month) - books.SeatUsed.GetValueOrDefault(seat) - held.Where(call => call.Seat == seat).Sum(call => (long)call.Included);
        return Math.Min(free, own);
    }

    /// <param name="own">What the call in question holds already: counted as spent, and its own to use again.</param>
    private long RoomOfDay(DateOnly day, long own) => Limits.DayCap == 0 ? long.MaxValue : Math.Max(0, Limits.DayCap + own
        - Month(MonthOf(day)).DaySettled.GetValueOrDefault(day) - _active.Values.Where(call => call.Day == day).Sum(call => call.Nanos));

    private long RoomOfMonth(int month, long own) => Limits.MonthCap == 0 ? long.MaxValue : Math.Max(0, Limits.MonthCap + own
        - Month(month).Settled - _active.Values.Where(call => call.Month == month).Sum(call => call.Nanos));

    private AuditMonth Month(int month)
    {
        if (!_months.TryGetValue(month, out var books)) _months[month] = books = new AuditMonth();
        return books;
    }

    private static int MonthOf(DateOnly day) => (day.Year * 100) + day.Month;

    /// <summary>Compares everything that can be seen of the PBX with these books.</summary>
    public void Compare(Pbx pbx)
    {
        Require(pbx.FirstOpenMonth, _openFrom, "first open month");
        Require(pbx.Calls.Count, _active.Count, "active calls");
        foreach (var (id, call) in _active)
        {
            if (_settled.ContainsKey(id)) throw new AuditFailure($"{id} is active and settled");
            Require(pbx.Calls.TryGetValue(id, out var actual), true, $"{id} active");
            Require((actual!.GrantedSeconds, actual.HeldIncludedSeconds, actual.HeldMoney.Nanos), (call.Granted, call.Included, call.Nanos), $"{id} grant and holds");
            Require((actual.HoldMonth, actual.HoldDay, actual.Seat), (call.Month, call.Day, call.Seat), $"{id} place of its holds");
            Require(actual.AnsweredAt, call.Answered, $"{id} answer");
        }
        foreach (var month in pbx.Months.Values) Compare(month);
    }

    private void Compare(Allowances.MonthLedger month)
    {
        var books = Month(month.Month);
        var held = _active.Values.Where(call => call.Month == month.Month).ToList();
        var what = month.Month.ToString(CultureInfo.InvariantCulture);
        Require(month.Users, Users(month.Month), $"{what} users");
        Require(month.GrantedSeconds, Users(month.Month) * PerUser(month.Month), $"{what} granted seconds");
        Require((month.UsedSeconds, month.HeldSeconds), (books.Used, held.Sum(call => (long)call.Included)), $"{what} used and held seconds");
        Require((month.SettledMoney.Nanos, month.HeldMoney.Nanos), (books.Settled, held.Sum(call => call.Nanos)), $"{what} settled and held money");
        if (month.UsedSeconds + month.HeldSeconds > month.GrantedSeconds) throw new AuditFailure($"{what}: more used and held than granted");
        if (!perUser) Require(month.UsedSeconds + month.HeldSeconds + month.FreeSeconds(0), month.GrantedSeconds, $"{what} used + held + free");
        foreach (var (seat, used) in books.SeatUsed)
        {
            Require(month.SeatUsedSeconds(seat), used, $"{what} seat {seat}");
            if (perUser && used > PerUser(month.Month)) throw new AuditFailure($"{what}: seat {seat} used {used} s of {PerUser(month.Month)} s");
        }
        foreach (var (day, spend) in month.Days)
            Require((spend.Settled.Nanos, spend.Held.Nanos),
                (books.DaySettled.GetValueOrDefault(day), held.Where(call => call.Day == day).Sum(call => call.Nanos)), $"{day} settled and held");
        Require(month.Totals.Count, books.Totals.Count, $"{what} lines of totals");
        foreach (var (key, total) in month.Totals)
            Require((total.Calls, total.CallSeconds, total.RatedSeconds, total.IncludedSeconds, total.Amount.Nanos),
                books.Totals.GetValueOrDefault(((int)key.Direction, (int)key.Area)), $"{what} totals of {key}");
    }

    private static void Require<T>(T actual, T expected, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
            throw new AuditFailure(string.Create(CultureInfo.InvariantCulture, $"{what}: the PBX says {actual}, the auditor {expected}"));
    }
}
