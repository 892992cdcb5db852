using System.Globalization;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>
/// The names of the keys. All of a PBX share the hash tag of its partition, so that on a cluster one script may change them.
/// PBX ids contain neither ':' nor '/' nor braces, so no two keys can collide.
/// </summary>
internal sealed class RedisKeys
{
    private readonly string _prefix;
    private readonly string[] _partitions;

    public RedisKeys(string prefix, int partitions)
    {
        if (prefix.Length is 0 or > 32 || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            throw new ArgumentException(
                $"'{prefix}' is not a key prefix; expected 1 to 32 characters of A-Z a-z 0-9 . _ -", nameof(prefix));
        }

        _prefix = prefix;
        _partitions = [.. Enumerable.Range(0, partitions)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{prefix}:{{p{p:D3}}}:"))];
    }

    /// <summary>Hash: schema version and number of partitions.</summary>
    public RedisKey Meta => _prefix + ":meta";

    /// <summary>String that a health check overwrites.</summary>
    public RedisKey Probe => _prefix + ":probe";

    /// <summary>String that a health check of a cluster overwrites.</summary>
    public RedisKey PartitionProbe(int partition) => _partitions[partition] + "probe";

    /// <summary>Hash: the live ledger; its version is the field without a name.</summary>
    public RedisKey Ledger(string pbxId) => Of(pbxId) + "pbx:" + pbxId;

    /// <summary>Hash: a closed month.</summary>
    public RedisKey Month(string pbxId, int month) => Of(pbxId) + "month:" + pbxId + ":" + Text(month);

    /// <summary>Hash: call id to the feed sequence of its newest rated call; expires whole.</summary>
    public RedisKey Settled(string pbxId, int usageMonth) => Of(pbxId) + "settled:" + pbxId + ":" + Text(usageMonth);

    /// <summary>Stream: the feed sequences of a PBX's rated calls in a billing month.</summary>
    public RedisKey Billed(string pbxId, int billingMonth) => Of(pbxId) + "billed:" + pbxId + ":" + Text(billingMonth);

    /// <summary>Stream: the rated calls of a partition; an entry's id is its sequence, then "-0".</summary>
    public RedisKey Feed(string pbxId) => Of(pbxId) + "feed";

    /// <inheritdoc cref="Feed(string)"/>
    public RedisKey Feed(int partition) => _partitions[partition] + "feed";

    /// <summary>Sorted set: "pbx/call" by the end of its lease in milliseconds.</summary>
    public RedisKey Leases(string pbxId) => Of(pbxId) + "leases";

    /// <inheritdoc cref="Leases(string)"/>
    public RedisKey Leases(int partition) => _partitions[partition] + "leases";

    /// <summary>Sorted set: the call ids of a PBX's log by time in milliseconds.</summary>
    public RedisKey LogTimes(string pbxId) => Of(pbxId) + "log-times:" + pbxId;

    /// <summary>Hash: call id to log entry.</summary>
    public RedisKey LogEntries(string pbxId) => Of(pbxId) + "log:" + pbxId;

    /// <summary>String: number of bytes of a whole content.</summary>
    public RedisKey Content(string sha256) => $"{_prefix}:{{content:{sha256}}}:bytes";

    /// <summary>String: a piece of content.</summary>
    public RedisKey ContentChunk(string sha256, int index) => $"{_prefix}:{{content:{sha256}}}:{Text(index)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Of(string pbxId) => _partitions[PbxPartition.Of(pbxId, _partitions.Length)];
}
