using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging;

/// <summary>
/// One PBX: its settings, the DIDs it owns, its running calls with what they hold, and its open months. Knows every
/// rule and no clock, store or network: time comes in, decisions and <see cref="PbxChanges"/> come out. Not thread-safe;
/// its owner handles one request after the other.
/// </summary>
public sealed partial class Pbx
{
    /// <summary>A slice granted to an edge that can ask for more.</summary>
    public const int SliceSeconds = 10 * 60;

    /// <summary>How long an unanswered call is kept where the edge reports answers.</summary>
    public const int RingSeconds = 180;

    /// <summary>How long after its grant a call is kept without a word from the edge.</summary>
    public const int LeaseGraceSeconds = 60;

    /// <summary>An authorisation or end first attempted longer ago is refused as too old.</summary>
    public const int OldestAttemptDays = 35;

    /// <summary>How far an edge's clock may be from ours before it is clamped and flagged.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, ActiveCall> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<E164Number, Did> _dids = [];
    private readonly Dictionary<int, MonthLedger> _months = [];
    private Dictionary<string, int>? _seatOf;
    private LocalCalendar? _calendar;
    private PbxChanges? _changes;

    // The time of the request that is handled: what is only scheduled by then gives no month its plan.
    private DateTimeOffset _now;
    private long _attemptSecond;
    private int _attempts;

    public Pbx(string id) => Id = id;

    public string Id { get; }

    /// <summary>Null until the PBX is provisioned.</summary>
    public PbxSettings? Settings { get; private set; }

    /// <summary>User id by seat under a PER_USER plan; null = a free seat.</summary>
    public IReadOnlyList<string?> Seats
    {
        get;
        private set
        {
            field = value;
            _seatOf = null;
            for (var seat = 0; seat < value.Count; seat++)
                if (value[seat] is { } user) (_seatOf ??= new(StringComparer.Ordinal))[user] = seat;
        }
    } = [];
    public IReadOnlyDictionary<string, ActiveCall> Calls => _calls;
    public IReadOnlyDictionary<E164Number, Did> Dids => _dids;
    public IReadOnlyDictionary<int, MonthLedger> Months => _months;

    /// <summary>The latest time stored; no authorisation lies before it (product.md, clocks).</summary>
    public DateTimeOffset LastTime { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>The billing month that takes what is settled now; earlier ones are closed and never change.</summary>
    public int FirstOpenMonth { get; private set; }

    /// <summary>What the active calls hold together, in all months.</summary>
    public (long IncludedSeconds, Amount Money) Held
    {
        get
        {
            var (seconds, money) = (0L, Amount.Zero);
            foreach (var month in _months.Values)
            {
                seconds += month.HeldSeconds;
                money += month.HeldMoney;
            }
            return (seconds, money);
        }
    }

    /// <summary>Months up to here were moved out of the live ledger; 0 = none.</summary>
    public int ArchivedThrough { get; private set; }

    /// <summary>Collects what changed; replaced by <see cref="TakeChanges"/>.</summary>
    public PbxChanges Changes => _changes ??= new PbxChanges();

    /// <summary>Whether anything changed since <see cref="TakeChanges"/>.</summary>
    public bool HasChanges => _changes is { IsEmpty: false };

    private LocalCalendar Calendar => _calendar ??= new LocalCalendar(Settings!.TimeZoneId);

    public PbxChanges TakeChanges()
    {
        var changes = Changes;
        _changes = null;
        return changes;
    }

    public int MonthOf(DateTimeOffset instant) => Calendar.MonthOf(instant);

    public DateOnly DayOf(DateTimeOffset instant) => Calendar.DayOf(instant);

    /// <summary>Whether this month has left the live ledger and must be given back with Restore before it is used.</summary>
    public bool NeedsArchived(int month) => month <= ArchivedThrough && !_months.ContainsKey(month);

    /// <summary>
    /// Moves the clock for a live call: opens the month of <paramref name="now"/>, closes the billing months that ended and
    /// archives those that no late call can reach. Comes before any decision at <paramref name="now"/>.
    /// </summary>
    public DateTimeOffset Advance(Catalogue catalogue, DateTimeOffset now)
    {
        now = OpenCurrent(catalogue, now);
        if (Settings is not null) CloseBillingMonthsBefore(MonthOf(now));
        return now;
    }

    /// <summary>
    /// Opens the month of <paramref name="now"/> and those skipped since. Closes nothing: whether an import is billed in its
    /// own month must not depend on somebody having looked or provisioned in between.
    /// </summary>
    public DateTimeOffset OpenCurrent(Catalogue catalogue, DateTimeOffset now)
    {
        _now = now = NotBeforeLast(now);
        if (Settings is null) return now;
        var month = MonthOf(now);
        if (!_months.ContainsKey(month)) OpenSkippedMonths(month, catalogue);
        // Before its activation a PBX has no months: what opened one would pin a plan too early.
        if (month >= LocalCalendar.MonthOf(Settings.ActiveFrom)) Open(month, catalogue);
        return now;
    }

    /// <summary>No time of ours lies before the last one stored (product.md, clocks).</summary>
    public DateTimeOffset NotBeforeLast(DateTimeOffset now) => now > LastTime ? now : LastTime;

    /// <summary>
    /// A month in which nothing happened has its users, allowance and fee too, and a late call may need them. They are
    /// today's before any change of today: every change moves the clock first. One year back at most: a PBX that is
    /// provisioned with an activation long ago was not served from here until then.
    /// </summary>
    private void OpenSkippedMonths(int until, Catalogue catalogue)
    {
        var activated = LocalCalendar.MonthOf(Settings!.ActiveFrom);
        for (var month = Math.Max(activated, until - 100); month < until; month = LocalCalendar.Next(month))
            if (!NeedsArchived(month) && !_months.ContainsKey(month)) Open(month, catalogue);
    }

    /// <summary>Opens a usage month: it takes the plan version in force at its start, or at activation, or the first one since.</summary>
    public MonthLedger Open(int month, Catalogue catalogue)
    {
        if (NeedsArchived(month)) throw new InvalidOperationException($"month {month} of PBX {Id} is archived and was not given back");
        var settings = Settings ?? throw new InvalidOperationException($"PBX {Id} is not provisioned");
        var isNew = !_months.TryGetValue(month, out var ledger);
        if (ledger is null)
        {
            ledger = new MonthLedger(month, settings.ActiveFrom, settings.Licences.Total);
            _months[month] = ledger;
            Changes.Allowance(month);
        }
        // A closed month keeps what it was closed with: no plan, no fee.
        if (ledger.Plan is null && (isNew || month >= FirstOpenMonth) && PlanFor(month, catalogue) is { } plan)
        {
            ledger.Pin(plan);
            Changes.Allowance(month);
        }
        return ledger;
    }

    /// <summary>Closes all billing months before <paramref name="month"/>: what is settled from now on goes to it or later ones.</summary>
    public void CloseBillingMonthsBefore(int month)
    {
        if (month <= FirstOpenMonth) return;
        FirstOpenMonth = month;
        Changes.Header = true;
        // A call may be reported up to 35 days late, so its usage month is at most two before this one.
        var keepFrom = LocalCalendar.Previous(LocalCalendar.Previous(month));
        foreach (var old in _months.Keys.Where(m => m < keepFrom).Order())
        {
            // In order and without gaps, so that one number says which months have left the live ledger.
            if (old <= ArchivedThrough) continue;
            if (_calls.Values.Any(call => call.HoldMonth == old)) break;
            Changes.Archive(old);
            ArchivedThrough = old;
        }
    }

    private PlanVersion? PlanFor(int month, Catalogue catalogue)
    {
        var settings = Settings!;
        if (settings.PlanCode.Length == 0) return null;
        var first = LocalCalendar.FirstDay(month);
        var day = settings.ActiveFrom > first ? settings.ActiveFrom : first;
        var (now, end) = (NotBeforeLast(_now), Calendar.StartOf(LocalCalendar.FirstDay(LocalCalendar.Next(month))).AddTicks(-1));
        return catalogue.PlanFor(settings, day, Calendar.StartOf(day), now < end ? now : end);
    }

    private void Stamp(DateTimeOffset now)
    {
        if (now <= LastTime) return;
        LastTime = now;
        Changes.Header = true;
    }

    private void Put(ActiveCall call)
    {
        Remove(call.CallId);
        _calls[call.CallId] = call;
        Count(call, +1);
        Changes.Call(call.CallId);
    }

    private ActiveCall? Remove(string callId)
    {
        if (!_calls.Remove(callId, out var call)) return null;
        Count(call, -1);
        Changes.Call(callId);
        return call;
    }

    // An import may hold minutes of an archived month, which a stored PBX comes back without: they are counted when the
    // month is given back, and there is nothing to take out before.
    private void Count(ActiveCall call, int sign)
    {
        if (_months.TryGetValue(call.HoldMonth, out var ledger)) ledger.Hold(call, sign);
        else if (!NeedsArchived(call.HoldMonth))
            throw new InvalidOperationException($"month {call.HoldMonth} of PBX {Id}, which a call holds, is not there");
    }
}
