using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Billing.V1;
using Grpc.Core;

namespace Classound.Cluster.Tests.Audit;

/// <summary>Every second, through some silo: the ledger equation of every PBX, and sum(rated calls) = totals of some.</summary>
internal sealed class LiveAuditor(ClusterRig rig, Books books, IReadOnlyList<WorkPbx> pbxs, int seed) : IAsyncDisposable
{
    private const int Tries = 4;
    private const int UsageTries = 30;

    private volatile bool _stopped;
    private Task _running = Task.CompletedTask;

    public int Rounds { get; private set; }

    public int Equations { get; private set; }

    public int FeedsSummed { get; private set; }

    public int HoldsSummed { get; private set; }

    /// <summary>Times that used minutes and money were compared with the calls that used them.</summary>
    public int UsagesSummed { get; private set; }

    /// <summary>Reads that got no answer, because the fault of the moment was in their way.</summary>
    public int Unanswered { get; private set; }

    public void Start() => _running = Task.Run(Run);

    public async Task Finish()
    {
        _stopped = true;
        await _running;
    }

    public ValueTask DisposeAsync() => new(Finish());

    private async Task Run()
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var random = new Random(seed);
        while (!_stopped && await second.WaitForNextTickAsync())
        {
            Rounds++;
            var live = rig.Live;
            if (live.Count > 0) await Round(new BillingReader(live[random.Next(live.Count)]), pbxs[random.Next(pbxs.Count)]);
        }
    }

    private async Task Round(BillingReader reader, WorkPbx deeper)
    {
        await Task.WhenAll(pbxs.Select(pbx => Answered(() => Equation(reader, pbx))));
        await Answered(() => Holds(reader, deeper));
        foreach (var month in rig.Months) await Answered(() => Feed(reader, deeper, month));
        await Usage(deeper);
    }

    private async Task Answered(Func<Task> audit)
    {
        try
        {
            await audit();
        }
        catch (RpcException e) when (NoAnswer.Is(e))
        {
            Unanswered++;
        }
        catch (Exception e)
        {
            books.Breach($"the auditor failed: {e}");
        }
    }

    private async Task Equation(BillingReader reader, WorkPbx pbx)
    {
        var counts = await reader.Counts(pbx.Id);
        Equations++;
        var free = counts.IncludedSecondsGranted - counts.IncludedSecondsUsed - counts.IncludedSecondsHeld;
        if (free < 0 || counts.IncludedSecondsUsed < 0 || counts.IncludedSecondsHeld < 0 || counts.HeldNanos < 0 || counts.UsedNanos < 0)
            books.Breach($"{pbx.Id}: used and held are beyond what was granted, or negative: {counts}");
        if (counts.IncludedSecondsGranted != (long)pbx.UserSeconds * pbx.Users) books.Breach($"{pbx.Id}: granted {counts.IncludedSecondsGranted} s");
    }

    /// <summary>
    /// What is held is what the active calls hold. Two answers: compared only when nothing moved between them, and again when they
    /// differ, because a call that came and went unanswered in between leaves the counts as they were.
    /// </summary>
    private async Task Holds(BillingReader reader, WorkPbx pbx)
    {
        string? difference = null;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var before = await reader.Counts(pbx.Id);
            var active = await reader.ActiveCalls(pbx.Id);
            if (!before.Equals(await reader.Counts(pbx.Id))) continue;
            HoldsSummed++;
            var held = (active.Sum(call => (long)call.Grant.IncludedSeconds), active.Sum(call => call.Grant.HeldNanos));
            if (held == (before.IncludedSecondsHeld, before.HeldNanos)) return;
            difference = $"{pbx.Id}: its active calls hold {held}, its counts say {before}";
        }
        if (difference is not null) books.Breach(difference);
    }

    /// <summary>
    /// Compared where no call moved in between. A difference counts when it stays, whichever silo is asked: one that is cut off
    /// shows what it last knew until it is declared dead, while the calls come from the store.
    /// </summary>
    private async Task Usage(WorkPbx pbx)
    {
        string? difference = null;
        for (var attempt = 0; attempt < UsageTries && !_stopped; attempt++)
        {
            if (attempt > 0) await Task.Delay(TimeSpan.FromSeconds(1));
            if (rig.Live is not { Count: > 0 } live) continue;
            var (reader, still) = (new BillingReader(live[attempt % live.Count]), false);
            await Answered(async () =>
            {
                var before = await reader.Counts(pbx.Id);
                var rated = new List<RatedCall>();
                foreach (var month in rig.Months) rated.AddRange(await reader.RatedCalls(pbx.Id, month));
                still = before.Equals(await reader.Counts(pbx.Id));
                if (still) difference = UsageOf.Difference(before, rated);
            });
            if (still) UsagesSummed++;
            if (difference is null) return; // equal; or busy or out of reach, and nothing to look after
        }
        if (difference is not null && !_stopped) books.Breach($"{pbx.Id}: for {UsageTries} s {difference}");
    }

    private async Task Feed(BillingReader reader, WorkPbx pbx, string month)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await reader.Totals(pbx.Id, month) is not { } before) return;
            var rated = await reader.RatedCalls(pbx.Id, month);
            var after = await reader.Totals(pbx.Id, month);
            if (before.Sum is null || !before.Sum.Equals(after?.Sum)) continue;
            FeedsSummed++;
            if (Sums.Of(rated) != Sums.Of(before)) books.Breach($"{pbx.Id} {month}: the calls sum to {Sums.Of(rated)}, the totals say {Sums.Of(before)}");
            return;
        }
    }
}
