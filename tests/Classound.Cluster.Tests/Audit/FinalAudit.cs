using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Grpc.Core;

namespace Classound.Cluster.Tests.Audit;

/// <summary>After all repeats and all leases: the edges' books against the ledger, call by call.</summary>
internal sealed class FinalAudit(ClusterRig rig, Books books, IReadOnlyList<WorkPbx> pbxs)
{
    /// <summary>A minute after the last fault, a sweep every 15 s, a PBX's clock that one silo's moved ahead by 30 s, and time to spare.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(180);

    public int Settled { get; private set; }

    public int Lost { get; private set; }

    public int ChargedTwice { get; private set; }

    public int Unconfirmed { get; private set; }

    public int Corrected { get; private set; }

    /// <summary>Leases end a minute after a grant of seconds: no call may stay active.</summary>
    public async Task UntilNoCallIsActive()
    {
        while (true)
        {
            var active = await Active();
            if (active.Count == 0) return;
            if (active.All(call => rig.Now - call.Grant.LeaseEndTime.ToDateTime() > Overdue))
            {
                foreach (var call in active) books.Breach($"{call.PbxId} {call.CallId}: active for ever, its lease ended {call.Grant.LeaseEndTime}");
                return;
            }
            rig.Journal.Write($"{active.Count} calls wait for the end of their leases, the last at {active.Max(call => call.Grant.LeaseEndTime.ToDateTime()):HH:mm:ss}");
            await Task.Delay(TimeSpan.FromSeconds(5));
        }
    }

    private async Task<List<Call>> Active()
    {
        for (var silo = 0; ; silo++)
        {
            try
            {
                var reader = new BillingReader(rig.Live[silo % rig.Live.Count]);
                return [.. (await Task.WhenAll(pbxs.Select(pbx => reader.ActiveCalls(pbx.Id)))).SelectMany(calls => calls)];
            }
            catch (RpcException e) when (silo < 10)
            {
                rig.Journal.Write($"the active calls cannot be read: {e.Status}");
            }
        }
    }

    public async Task Check()
    {
        var silos = rig.Live;
        foreach (var pbx in pbxs)
        {
            // Each through another silo: they must all say the same.
            var reader = new BillingReader(silos[pbx.Number % silos.Count]);
            var rated = new List<RatedCall>();
            foreach (var month in rig.Months) rated.AddRange(await Month(reader, pbx, month));
            Calls(pbx, rated);
            Allowance(pbx, rated);
            foreach (var wrong in IncludedFirst.Check(pbx, rated)) books.Breach(wrong);
            await Counts(reader, pbx, rated);
        }
    }

    private async Task<List<RatedCall>> Month(BillingReader reader, WorkPbx pbx, string month)
    {
        var rated = await reader.RatedCalls(pbx.Id, month);
        var totals = await reader.Totals(pbx.Id, month);
        var stated = totals is null ? default : Sums.Of(totals);
        if (Sums.Of(rated) != stated) books.Breach($"{pbx.Id} {month}: the calls sum to {Sums.Of(rated)}, the totals say {stated}");
        var calls = rated.Count(call => call.Corrects.Length == 0);
        if (calls != (totals?.Sum?.Calls ?? 0)) books.Breach($"{pbx.Id} {month}: {calls} calls, the totals say {totals?.Sum?.Calls}");
        return rated;
    }

    private void Calls(WorkPbx pbx, List<RatedCall> rated)
    {
        var byId = rated.ToLookup(call => call.CallId);
        foreach (var call in books.Calls.Values.Where(call => call.Plan.PbxId == pbx.Id)) Call(call, [.. byId[call.Plan.CallId]]);
        foreach (var unknown in byId.Where(call => !books.Calls.ContainsKey(call.Key))) books.Breach($"{pbx.Id} {unknown.Key}: rated, but no edge knows it");
    }

    private void Call(EdgeCall call, List<RatedCall> entries)
    {
        var id = $"{call.Plan.PbxId} {call.Plan.CallId} ({call.Plan.Shape})";
        var (first, corrections) = (entries.Count(entry => entry.Corrects.Length == 0), entries.Count(entry => entry.Corrects.Length > 0));
        if (first > 1 || corrections > 1)
        {
            ChargedTwice++;
            books.Breach($"{id}: charged twice:\n  {string.Join("\n  ", entries)}");
        }
        Corrected += corrections;
        if (call.Settlement is { } settled) Acknowledged(call, settled, entries, id);
        else Unsettled(call, entries, id);
    }

    private void Acknowledged(EdgeCall call, RatedCall settled, List<RatedCall> entries, string id)
    {
        Settled++;
        if (entries.Count == 0)
        {
            Lost++;
            books.Loss(call, $"{id}: acknowledged and lost: {settled}");
            return;
        }
        if (Sums.Of(entries) != Sums.Of(settled)) books.Breach($"{id}: {Sums.Of(settled)} was acknowledged, {Sums.Of(entries)} is stored");
        if (entries.Count == 1 && !entries[0].Equals(settled)) books.Breach($"{id}: acknowledged and stored differ\n  {settled}\n  {entries[0]}");
        if (entries.Count > 1 && !entries[0].Flags.Contains(RatedCallFlag.Unconfirmed)) books.Breach($"{id}: corrected, but it was not unconfirmed: {entries[0]}");
        if (PriceByHand.Check(call, settled) is { } wrong) books.Breach($"{id}: {wrong}: {settled}");
    }

    /// <summary>Never ended, or ended without being known: nothing, or what the lease closed with the usage last confirmed.</summary>
    private void Unsettled(EdgeCall call, List<RatedCall> entries, string id)
    {
        if (call.End is not null && call.EndDenial is null && call.Plan.Shape != CallShape.Emergency) books.Breach($"{id}: its end was never answered");
        if (entries.Count == 0)
        {
            if (call.Grant is { Emergency: false }) books.Loss(call, $"{id}: granted, and there is no trace of it");
            return;
        }
        Unconfirmed++;
        if (call.Grant is { Emergency: true } || (call.Denial is not null && call.Grant is null)) books.Breach($"{id}: never granted, but rated: {entries[0]}");
        if (!entries[0].Flags.Contains(RatedCallFlag.Unconfirmed)) books.Breach($"{id}: nobody ended it, and yet: {entries[0]}");
        if (entries[0].CallSeconds < call.ConfirmedSeconds || entries[0].CallSeconds > call.ReportedSeconds)
            books.Breach($"{id}: {call.ConfirmedSeconds} to {call.ReportedSeconds} s were confirmed, closed with {entries[0].CallSeconds}");
    }

    private void Allowance(WorkPbx pbx, List<RatedCall> rated)
    {
        foreach (var pool in rated.GroupBy(call => (call.UsageMonth, User: pbx.PerUser ? call.UserId : "")))
        {
            var used = pool.Sum(call => (long)call.IncludedSeconds);
            var granted = (long)pbx.UserSeconds * (pbx.PerUser ? 1 : pbx.Users);
            if (used < 0 || used > granted) books.Breach($"{pbx.Id} {pool.Key}: {used} s used of {granted} s");
        }
        if (pbx.MonthCapNanos == 0) return;
        // What went on above its grant, or was closed and corrected later, happened and is billed: no cap can undo it.
        var late = rated.Where(call => call.Corrects.Length > 0).Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);
        foreach (var month in rated.Where(call => !late.Contains(call.CallId)
            && !call.Flags.Any(flag => flag is RatedCallFlag.AboveGrant or RatedCallFlag.Unauthorised)).GroupBy(call => call.UsageMonth))
        {
            var spent = Sums.Of(month).Nanos;
            if (spent > pbx.MonthCapNanos) books.Breach($"{pbx.Id} {month.Key}: {spent} was granted and spent, the cap is {pbx.MonthCapNanos}");
        }
    }

    /// <summary>Nothing is held any more, and what is used is what the calls of the usage month used: minutes and money.</summary>
    private async Task Counts(BillingReader reader, WorkPbx pbx, List<RatedCall> rated)
    {
        var counts = await reader.Counts(pbx.Id);
        if (counts.IncludedSecondsHeld != 0 || counts.HeldNanos != 0 || counts.ActiveCalls + counts.RingingCalls != 0)
            books.Breach($"{pbx.Id}: held by nobody: {counts}");
        if (UsageOf.Difference(counts, rated) is { } difference) books.Breach($"{pbx.Id}: {difference}");
    }
}
