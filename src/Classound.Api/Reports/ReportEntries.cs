using System.Runtime.CompilerServices;
using Classound.Api.Calls;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Grains.Pbxs;
using Classound.Storage;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Reports;

/// <summary>What reports are made of, read from the store page by page and handed on one by one.</summary>
internal sealed class ReportEntries(LedgerReader ledger)
{
    private const int LogAtOnce = 1_000;

    /// <summary>The last month of a selection: those before it were closed before it.</summary>
    /// <exception cref="Grpc.Core.RpcException">NOT_FOUND: no such PBX.</exception>
    public async Task<BillingMonthView> LastMonth(CallSelection selection, CancellationToken cancellation) =>
        await ledger.Month(selection.PbxId, selection.LastMonth, cancellation) ?? throw Refusals.PbxUnknown(selection.PbxId);

    /// <summary>The rated calls of a selection's months behind a position, each with its own; what else was selected is for the reader.</summary>
    /// <param name="selection">PBX and months.</param>
    /// <param name="after">A place in these months.</param>
    /// <param name="newestFirst">Backwards.</param>
    /// <param name="atOnce">Calls per read, 1 to 1,002.</param>
    /// <param name="cancellation">Ends it between two reads, or in one.</param>
    public async IAsyncEnumerable<(FeedEntry Entry, ReportPosition At)> Read(
        CallSelection selection, ReportPosition after, bool newestFirst, int atOnce, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var at = after;
        while (at.Month >= selection.FirstMonth && at.Month <= selection.LastMonth)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = newestFirst
                ? await ledger.NewestRatedCalls(selection.PbxId, at.Month, at.Sequence, atOnce, cancellation)
                : await ledger.RatedCalls(selection.PbxId, at.Month, at.Sequence, atOnce, cancellation);
            foreach (var entry in page)
            {
                at = at with { Sequence = entry.Sequence };
                yield return (entry, at);
            }
            if (page.Count == atOnce) continue;
            at = newestFirst ? new(LocalCalendar.Previous(at.Month), long.MaxValue) : new(LocalCalendar.Next(at.Month), 0);
        }
    }

    /// <summary>Denials of a reason, newest first, at most so many. The log of a PBX has 10,000 entries, so looking at all has a limit.</summary>
    public async Task<IReadOnlyList<Denial>> Denials(
        string pbxId, Wire.DenialReason reason, CallLogPosition? after, int max, CancellationToken cancellation)
    {
        var found = new List<Denial>();
        IReadOnlyList<Denial> page;
        do
        {
            page = await ledger.Log(pbxId, after, LogAtOnce, cancellation);
            found.AddRange(page.Where(entry => Is(entry, reason)).Take(max - found.Count));
            if (page.Count > 0) after = new CallLogPosition(page[^1].At, page[^1].CallId);
        }
        while (page.Count == LogAtOnce && found.Count < max);
        return found;
    }

    // An entry without a reason is an emergency call.
    private static bool Is(Denial entry, Wire.DenialReason reason) => entry.Reason != DenialReason.None
        && (reason == Wire.DenialReason.Unspecified || DenialReplies.Causes(entry.Reason).Reason == reason);
}
