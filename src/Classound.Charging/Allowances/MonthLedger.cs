using System.Collections.Frozen;
using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Charging.Allowances;

/// <summary>
/// One month of one PBX: the allowance and spending of calls answered in it (usage month), and the totals of calls
/// billed in it (billing month). Held figures are derived from the active calls and never stored.
/// </summary>
public sealed class MonthLedger
{
    private static readonly IReadOnlyDictionary<int, long> NoSeats = FrozenDictionary<int, long>.Empty;
    private static readonly IReadOnlyDictionary<DateOnly, DaySpend> NoDays = FrozenDictionary<DateOnly, DaySpend>.Empty;
    private static readonly IReadOnlyDictionary<TotalsKey, UsageTotals> NoTotals = FrozenDictionary<TotalsKey, UsageTotals>.Empty;

    // Null until there is something in them: most months of most PBXs are idle, and seats count under a plan for each user only.
    private Dictionary<int, long>? _seatUsed;
    private Dictionary<int, long>? _seatHeld;
    private Dictionary<DateOnly, DaySpend>? _days;
    private Dictionary<TotalsKey, UsageTotals>? _totals;

    /// <param name="activeFrom">Activation prorates its own month: days left, the first included (product.md, users).</param>
    public MonthLedger(int month, DateOnly activeFrom, int users)
    {
        Month = month;
        Users = users;
        DaysOfMonth = LocalCalendar.DaysIn(month);
        var activated = LocalCalendar.MonthOf(activeFrom);
        DaysCounted = activated < month ? DaysOfMonth : activated == month ? DaysOfMonth - activeFrom.Day + 1 : 0;
    }

    /// <summary>As stored.</summary>
    public MonthLedger(int month, int users, int daysCounted, PlanVersion? plan, long usedSeconds, Amount settledMoney)
    {
        Month = month;
        Users = users;
        DaysOfMonth = LocalCalendar.DaysIn(month);
        DaysCounted = daysCounted;
        Plan = plan;
        UsedSeconds = usedSeconds;
        SettledMoney = settledMoney;
    }

    public int Month { get; }

    /// <summary>The plan version in force at the month's start or activation; it holds all month. Null = no plan yet.</summary>
    public PlanVersion? Plan { get; private set; }

    /// <summary>Highest number of users of the month; never falls within it.</summary>
    public int Users { get; private set; }
    public int DaysCounted { get; }
    public int DaysOfMonth { get; }

    /// <summary>Included seconds used by settled calls, all seats together.</summary>
    public long UsedSeconds { get; private set; }
    public long HeldSeconds { get; private set; }

    /// <summary>Money of settled calls answered in this month.</summary>
    public Amount SettledMoney { get; private set; }
    public Amount HeldMoney { get; private set; }
    public IReadOnlyDictionary<int, long> SeatUsed => _seatUsed ?? NoSeats;
    public IReadOnlyDictionary<DateOnly, DaySpend> Days => _days ?? NoDays;
    public IReadOnlyDictionary<TotalsKey, UsageTotals> Totals => _totals ?? NoTotals;

    public bool IsPerUser => Plan?.Sharing == AllowanceSharing.PerUser;

    /// <summary>What one user brings this month, in seconds: prorated minutes are rounded up to whole ones.</summary>
    public long GrantedSecondsPerUser =>
        Plan is null ? 0 : 60L * (((long)Plan.MinutesPerUser * DaysCounted + DaysOfMonth - 1) / DaysOfMonth);

    public long GrantedSeconds => Users * GrantedSecondsPerUser;

    /// <summary>The month's flat fee: users x the fee of their band, prorated like the minutes, rounded up to 10^-9 units.</summary>
    public Amount? FlatFee => Plan?.FeePerUser(Users) is { } fee
        ? new Amount((long)(((Int128)fee.Nanos * Users * DaysCounted + DaysOfMonth - 1) / DaysOfMonth))
        : null;

    /// <summary>Included seconds that no settled call used and no active call holds; never below 0.</summary>
    /// <param name="seat">The user's seat under a PER_USER plan; ignored by a pool.</param>
    public int FreeSeconds(int seat)
    {
        var free = GrantedSeconds - UsedSeconds - HeldSeconds;
        if (IsPerUser)
            free = seat < 0 ? 0 : Math.Min(free, GrantedSecondsPerUser - SeatUsedSeconds(seat) - SeatHeldSeconds(seat));
        return (int)Math.Clamp(free, 0, int.MaxValue);
    }

    /// <summary>Seats that used or hold minutes of this month, in order.</summary>
    public IEnumerable<int> SeatsDrawn() =>
        SeatUsed.Concat(_seatHeld ?? NoSeats).Where(seat => seat.Value > 0).Select(seat => seat.Key).Distinct().Order();

    public long SeatUsedSeconds(int seat) => _seatUsed?.GetValueOrDefault(seat) ?? 0;

    private long SeatHeldSeconds(int seat) => _seatHeld?.GetValueOrDefault(seat) ?? 0;

    public DaySpend Day(DateOnly day) => _days?.GetValueOrDefault(day) ?? default;

    internal void Pin(PlanVersion plan) => Plan ??= plan;

    internal bool RaiseUsers(int users)
    {
        if (users <= Users) return false;
        Users = users;
        return true;
    }

    /// <summary>A month opened before it began, by an answer of an edge whose clock is ahead, takes the users it will begin with.</summary>
    internal bool BeginWith(int users)
    {
        if (users == Users) return false;
        Users = users;
        return true;
    }

    internal void Hold(ActiveCall call, int sign)
    {
        HeldSeconds += sign * (long)call.HeldIncludedSeconds;
        if (call.Seat >= 0) (_seatHeld ??= [])[call.Seat] = SeatHeldSeconds(call.Seat) + (sign * (long)call.HeldIncludedSeconds);
        var money = new Amount(sign * call.HeldMoney.Nanos);
        HeldMoney += money;
        if (money == Amount.Zero) return;
        var day = Day(call.HoldDay);
        (_days ??= [])[call.HoldDay] = day with { Held = day.Held + money };
    }

    /// <summary>Counts a call answered in this month.</summary>
    internal void Use(RatedCall call)
    {
        UsedSeconds += call.IncludedSeconds;
        if (call.Seat >= 0) (_seatUsed ??= [])[call.Seat] = SeatUsedSeconds(call.Seat) + call.IncludedSeconds;
        SettledMoney += call.Amount;
        var day = Day(call.UsageDay);
        (_days ??= [])[call.UsageDay] = day with { Settled = day.Settled + call.Amount };
    }

    /// <summary>Counts a call billed in this month.</summary>
    internal void Bill(RatedCall call)
    {
        var key = new TotalsKey(call.Direction, call.Area);
        _totals ??= [];
        _totals[key] = _totals.GetValueOrDefault(key) + UsageTotals.Of(call);
    }

    public void RestoreSeat(int seat, long usedSeconds) => (_seatUsed ??= [])[seat] = usedSeconds;

    public void RestoreDay(DateOnly day, Amount settled) => (_days ??= [])[day] = Day(day) with { Settled = settled };

    public void RestoreTotals(TotalsKey key, UsageTotals totals) => (_totals ??= [])[key] = totals;
}
