using Classound.Charging.Allowances;
using Classound.Charging.Calls;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>The ledger equation of a PBX, counted afresh from what is stored: each call one settlement and at most one correction, sum(feed) = totals.</summary>
internal static class LedgerCheck
{
    /// <returns>All entries of the current and the previous billing month.</returns>
    public static async Task<IReadOnlyList<RatedCall>> Balances(PbxCluster cluster, string pbxId)
    {
        var settings = (await cluster.Pbx(pbxId).Describe())!;
        var all = new List<RatedCall>();
        foreach (var month in new[] { LocalCalendar.Previous(settings.Status.Month), settings.Status.Month })
        {
            var entries = await Entries(cluster, pbxId, month);
            all.AddRange(entries);
            var totals = (await cluster.Reader().Month(pbxId, month, default))!.Ledger?.Totals ?? new Dictionary<TotalsKey, UsageTotals>();
            var sums = entries.GroupBy(entry => new TotalsKey(entry.Direction, entry.Area)).ToDictionary(
                line => line.Key, line => line.Aggregate(default(UsageTotals), (sum, entry) => sum + UsageTotals.Of(entry)));
            Assert.Equal(sums.OrderBy(line => line.Key.Area), totals.OrderBy(line => line.Key.Area));
        }
        foreach (var call in all.GroupBy(entry => entry.CallId))
        {
            Assert.Single(call, entry => entry.Corrects is null);
            Assert.True(call.Count(entry => entry.Corrects is not null) <= 1, $"{call.Key} is corrected more than once");
        }
        return all;
    }

    private static async Task<IReadOnlyList<RatedCall>> Entries(PbxCluster cluster, string pbxId, int month)
    {
        var entries = new List<RatedCall>();
        var after = 0L;
        while (true)
        {
            var page = await cluster.Reader().RatedCalls(pbxId, month, after, 1000, default);
            entries.AddRange(page.Select(entry => entry.Call));
            if (page.Count < 1000) return entries;
            after = page[^1].Sequence;
        }
    }
}
