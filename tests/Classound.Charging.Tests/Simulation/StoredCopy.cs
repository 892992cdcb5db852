using Classound.Charging.Allowances;

namespace Classound.Charging.Tests.Simulation;

/// <summary>What a store would give back of a PBX: a copy of all it shows, without archived months, and nothing of what it keeps to itself.</summary>
internal static class StoredCopy
{
    public static Pbx Of(Pbx pbx) => Pbx.Restore(pbx.Id, new PbxSnapshot
    {
        Settings = pbx.Settings, LastTime = pbx.LastTime, FirstOpenMonth = pbx.FirstOpenMonth, ArchivedThrough = pbx.ArchivedThrough,
        Seats = [.. pbx.Seats], Dids = [.. pbx.Dids.Values], Calls = [.. pbx.Calls.Values],
        Months = [.. pbx.Months.Values.Where(month => month.Month > pbx.ArchivedThrough).Select(Of)],
    });

    private static MonthLedger Of(MonthLedger month)
    {
        var copy = new MonthLedger(month.Month, month.Users, month.DaysCounted, month.Plan, month.UsedSeconds, month.SettledMoney);
        foreach (var (seat, used) in month.SeatUsed) copy.RestoreSeat(seat, used);
        foreach (var (day, spend) in month.Days) copy.RestoreDay(day, spend.Settled);
        foreach (var (key, totals) in month.Totals) copy.RestoreTotals(key, totals);
        return copy;
    }
}
