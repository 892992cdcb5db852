using System.Globalization;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>The reads of the ledger. What spans several keys is a script, so that it sees one instant.</summary>
internal sealed class RedisLedgerReads(RedisLink link, RedisKeys keys, int partitions)
{
    public async Task<LedgerSnapshot> LoadAsync(string pbxId, CancellationToken ct)
    {
        var fields = await LoadHashAsync(keys.Ledger(pbxId), ct).ConfigureAwait(false);
        return new LedgerSnapshot(fields.Remove("", out var version) ? LedgerVersion.Parse(StoreLimits.Text(version)) : null, fields);
    }

    public async Task<LedgerVersion?> LoadVersionAsync(string pbxId, CancellationToken ct)
    {
        var version = await link.ReadAsync(db => db.HashGetAsync(keys.Ledger(pbxId), "", RedisLink.Primary), ct).ConfigureAwait(false);
        return version.IsNull ? null : LedgerVersion.Parse((string)version!);
    }

    public async Task<Dictionary<string, byte[]>> LoadHashAsync(RedisKey key, CancellationToken ct)
    {
        var entries = await link.ReadAsync(db => db.HashGetAllAsync(key, RedisLink.Primary), ct).ConfigureAwait(false);
        return entries.ToDictionary(e => (string)e.Name!, e => (byte[])e.Value!, StringComparer.Ordinal);
    }

    public async Task<StoredRatedCall?> FindSettledAsync(
        string pbxId, string callId, IReadOnlyList<int> usageMonths, CancellationToken ct)
    {
        RedisKey[] names = [keys.Feed(pbxId), .. usageMonths.Select(m => keys.Settled(pbxId, m))];
        var calls = await RatedCallsAsync(RedisScripts.FindSettled, pbxId, names, [callId], ct).ConfigureAwait(false);
        return calls.SingleOrDefault();
    }

    public async Task<IReadOnlyList<StoredRatedCall>> ListRatedCallsAsync(
        string pbxId, int billingMonth, long afterSequence, int max, CancellationToken ct)
    {
        RedisKey[] names = [keys.Feed(pbxId), keys.Billed(pbxId, billingMonth)];
        return await RatedCallsAsync(RedisScripts.ListRatedCalls, pbxId, names, [afterSequence + 1, max], ct).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<StoredRatedCall>> ListNewestRatedCallsAsync(
        string pbxId, int billingMonth, long beforeSequence, int max, CancellationToken ct)
    {
        RedisKey[] names = [keys.Feed(pbxId), keys.Billed(pbxId, billingMonth)];
        var last = beforeSequence == long.MaxValue ? "+" : string.Create(CultureInfo.InvariantCulture, $"{beforeSequence - 1}-0");
        return await RatedCallsAsync(RedisScripts.ListNewestRatedCalls, pbxId, names, [last, max], ct).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<DueLease>> ListDueLeasesAsync(int partition, DateTimeOffset until, int max, CancellationToken ct)
    {
        var due = await link.ReadAsync(db => db.SortedSetRangeByScoreWithScoresAsync(
            keys.Leases(partition), stop: until.ToUnixTimeMilliseconds(), take: max, flags: RedisLink.Primary), ct).ConfigureAwait(false);
        return [.. due.Select(ToLease)];
    }

    /// <summary>The sequence in the id of a feed's entry.</summary>
    public static long Sequence(string id) =>
        long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

    private static DueLease ToLease(SortedSetEntry entry)
    {
        var member = (string)entry.Element!;
        var slash = member.IndexOf('/', StringComparison.Ordinal);
        return new DueLease(member[..slash], member[(slash + 1)..], StoredTime.FromMilliseconds((long)entry.Score));
    }

    private async Task<List<StoredRatedCall>> RatedCallsAsync(
        string script, string pbxId, RedisKey[] names, RedisValue[] values, CancellationToken ct)
    {
        var reply = await link.ReadAsync(db => db.ScriptEvaluateAsync(script, names, values, RedisLink.Primary), ct).ConfigureAwait(false);
        var partition = PbxPartition.Of(pbxId, partitions);
        return [.. ((RedisResult[])reply!).Select(entry => RatedCall(partition, entry))];
    }

    // An entry of the feed: its id, then names and values in the order in which the script wrote them.
    private static StoredRatedCall RatedCall(int partition, RedisResult entry)
    {
        var parts = entry[1];
        return new StoredRatedCall(partition, Sequence((string)entry[0]!), (string)parts[3]!, (int)parts[5], (int)parts[7], (byte[])parts[9]!);
    }
}
