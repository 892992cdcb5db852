using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>What must hold of a PBX after every step, whatever happened: counted afresh from its calls and the settlements.</summary>
internal static class Books
{
    public static void Check(PbxSession session, Action<string, string> broken)
    {
        var pbx = session.Pbx;
        foreach (var callId in pbx.Calls.Keys)
            if (session.Settled.ContainsKey(callId)) broken("active and settled", callId);
        Wholes(session, broken);
        foreach (var month in pbx.Months.Values)
        {
            Held(pbx, month, broken);
            Used(session, month, broken);
            Totals(session, month, broken);
        }
    }

    /// <summary>Each call has one entry, and at most one correction, which adds up with it to the call as it stands.</summary>
    private static void Wholes(PbxSession session, Action<string, string> broken)
    {
        foreach (var entries in session.Entries.GroupBy(entry => entry.CallId))
        {
            var whole = session.Settled[entries.Key];
            if (entries.Count(entry => entry.Corrects is null) != 1 || entries.Count() > 2) broken("entries of a call", entries.Key);
            var sum = (entries.Sum(e => e.DurationMs), entries.Sum(e => e.CallSeconds), entries.Sum(e => e.RatedSeconds),
                entries.Sum(e => e.IncludedSeconds), entries.Sum(e => e.Amount.Nanos));
            if (sum != (whole.DurationMs, whole.CallSeconds, whole.RatedSeconds, whole.IncludedSeconds, whole.Amount.Nanos))
                broken("a call is the sum of its entries", $"{entries.Key}: {sum}");
            if (whole.IncludedSeconds < 0 || whole.RatedSeconds < whole.IncludedSeconds || whole.Amount.Nanos < 0) broken("below zero", entries.Key);
        }
    }

    private static void Held(Pbx pbx, MonthLedger month, Action<string, string> broken)
    {
        var calls = pbx.Calls.Values.Where(call => call.HoldMonth == month.Month).ToList();
        var seconds = calls.Sum(call => (long)call.HeldIncludedSeconds);
        var nanos = calls.Sum(call => call.HeldMoney.Nanos);
        if (month.HeldSeconds != seconds) broken("held seconds", $"{month.Month}: {month.HeldSeconds}, the calls hold {seconds}");
        if (month.HeldMoney.Nanos != nanos) broken("held money", $"{month.Month}: {month.HeldMoney.Nanos}, the calls hold {nanos}");
        foreach (var (day, spend) in month.Days)
        {
            var held = calls.Where(call => call.HoldDay == day).Sum(call => call.HeldMoney.Nanos);
            if (spend.Held.Nanos != held) broken("held of the day", $"{day}: {spend.Held.Nanos}, the calls hold {held}");
        }
    }

    private static void Used(PbxSession session, MonthLedger month, Action<string, string> broken)
    {
        var calls = session.Entries.Where(call => call.UsageMonth == month.Month).ToList();
        var used = calls.Sum(call => (long)call.IncludedSeconds);
        var settled = calls.Sum(call => call.Amount.Nanos);
        if (month.UsedSeconds != used) broken("used seconds", $"{month.Month}: {month.UsedSeconds}, the calls used {used}");
        if (month.SettledMoney.Nanos != settled) broken("settled money", $"{month.Month}: {month.SettledMoney.Nanos}, the calls cost {settled}");
        if (month.UsedSeconds + month.HeldSeconds > month.GrantedSeconds)
            broken("allowance", $"{month.Month}: used {month.UsedSeconds} + held {month.HeldSeconds} > granted {month.GrantedSeconds}");
        foreach (var (seat, seatUsed) in month.SeatUsed)
        {
            var own = calls.Where(call => call.Seat == seat).Sum(call => (long)call.IncludedSeconds);
            if (seatUsed != own) broken("seat", $"{month.Month} seat {seat}: {seatUsed}, its calls used {own}");
            if (month.IsPerUser && seatUsed > month.GrantedSecondsPerUser) broken("seat above its own", $"{month.Month} seat {seat}: {seatUsed}");
        }
        foreach (var (day, spend) in month.Days)
        {
            var own = calls.Where(call => call.UsageDay == day).Sum(call => call.Amount.Nanos);
            if (spend.Settled.Nanos != own) broken("settled of the day", $"{day}: {spend.Settled.Nanos}, its calls cost {own}");
        }
    }

    private static void Totals(PbxSession session, MonthLedger month, Action<string, string> broken)
    {
        var lines = session.Entries.Where(call => call.BillingMonth == month.Month).GroupBy(call => (call.Direction, call.Area)).ToList();
        if (lines.Count != month.Totals.Count) broken("totals", $"{month.Month}: {month.Totals.Count} lines, the calls make {lines.Count}");
        foreach (var line in lines)
        {
            var sum = new UsageTotals(
                line.Count(c => c.Corrects is null), line.Sum(c => (long)c.CallSeconds), line.Sum(c => (long)c.RatedSeconds), line.Sum(c => (long)c.IncludedSeconds),
                line.Sum(c => (long)c.RatedSeconds - c.IncludedSeconds), new Amount(line.Sum(c => c.Amount.Nanos)));
            if (month.Totals.GetValueOrDefault(new TotalsKey(line.Key.Direction, line.Key.Area)) != sum)
                broken("totals", $"{month.Month} {line.Key}: not the sum of its calls {sum}");
        }
    }
}
