using Classound.Charging.Allowances;
using Classound.Charging.Calls;

namespace Classound.Charging;

/// <summary>All of a PBX as it was stored.</summary>
public sealed record PbxSnapshot
{
    public PbxSettings? Settings { get; init; }
    public DateTimeOffset LastTime { get; init; } = DateTimeOffset.UnixEpoch;
    public int FirstOpenMonth { get; init; }
    public int ArchivedThrough { get; init; }
    public IReadOnlyList<string?> Seats { get; init; } = [];
    public IReadOnlyList<Did> Dids { get; init; } = [];
    public IReadOnlyList<MonthLedger> Months { get; init; } = [];
    public IReadOnlyList<ActiveCall> Calls { get; init; } = [];
}

public sealed partial class Pbx
{
    public static Pbx Restore(string id, PbxSnapshot snapshot)
    {
        var pbx = new Pbx(id)
        {
            Settings = snapshot.Settings, LastTime = snapshot.LastTime, FirstOpenMonth = snapshot.FirstOpenMonth,
            ArchivedThrough = snapshot.ArchivedThrough, Seats = snapshot.Seats,
        };
        foreach (var did in snapshot.Dids) pbx._dids[did.Number] = did;
        foreach (var month in snapshot.Months) pbx._months[month.Month] = month;
        foreach (var call in snapshot.Calls) pbx.Put(call);
        pbx.TakeChanges();
        return pbx;
    }

    /// <summary>Archived months in which running calls hold minutes: to be given back before such a call is extended.</summary>
    public IEnumerable<int> ArchivedMonthsHeld() => _calls.Values.Select(call => call.HoldMonth).Where(NeedsArchived).Distinct();

    /// <summary>Gives an archived month back; what changes in it goes to its own key again.</summary>
    public void RestoreArchived(MonthLedger month)
    {
        if (!_months.TryAdd(month.Month, month)) return;
        foreach (var call in _calls.Values)
            if (call.HoldMonth == month.Month) month.Hold(call, +1);
    }

    /// <summary>Opens a month among the archived ones that nothing was ever stored of, as <see cref="Open"/> would have at its time.</summary>
    public void OpenArchived(int month, Catalogue catalogue)
    {
        if (_months.ContainsKey(month)) return;
        var ledger = new MonthLedger(month, Settings!.ActiveFrom, Settings.Licences.Total);
        if (PlanFor(month, catalogue) is { } plan) ledger.Pin(plan);
        RestoreArchived(ledger);
        Changes.Allowance(month);
    }
}
