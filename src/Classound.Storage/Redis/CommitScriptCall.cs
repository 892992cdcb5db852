using System.Globalization;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>Lays a checked commit out as the keys and arguments of <see cref="RedisScripts.Commit"/>.</summary>
internal sealed class CommitScriptCall
{
    private const int FirstHash = 3; // after ledger, leases and feed, counted from 0

    private readonly RedisKeys _names;
    private readonly LedgerCommit _commit;
    private readonly List<RedisKey> _hashes = [];
    private readonly List<RedisKey> _streams = [];
    private readonly Dictionary<RedisKey, int> _positions = [];
    private readonly List<RedisValue> _values = [];

    public CommitScriptCall(RedisKeys names, LedgerCommit commit, TimeSpan settledKeptFor)
    {
        (_names, _commit) = (names, commit);
        CollectKeys();
        _values.Add(commit.Expected?.ToString() ?? "");
        _values.Add(commit.Next.ToString());
        _values.Add((long)settledKeptFor.TotalSeconds);
        _values.Add(_hashes.Count);
        AddChecks();
        AddChanges();
        AddRatedCalls();
        AddLeases();
        Keys = [names.Ledger(commit.PbxId), names.Leases(commit.PbxId), names.Feed(commit.PbxId), .. _hashes, .. _streams];
        Values = [.. _values];
    }

    public RedisKey[] Keys { get; }

    public RedisValue[] Values { get; }

    /// <summary>A member of the lease set: PBX ids have no slash, so the first one ends the PBX id.</summary>
    public static string LeaseMember(string pbxId, string callId) => pbxId + "/" + callId;

    // The streams follow the hashes, so all hashes have to be known before a position is given.
    private void CollectKeys()
    {
        foreach (var check in _commit.NotSettled)
        {
            AddHash(_names.Settled(_commit.PbxId, check.Month1));
            AddHash(_names.Settled(_commit.PbxId, check.Month2));
        }

        foreach (var change in _commit.Changes)
        {
            if (change.Section != 0)
                AddHash(_names.Month(_commit.PbxId, change.Section));
        }

        foreach (var call in _commit.RatedCalls)
            AddHash(_names.Settled(_commit.PbxId, call.UsageMonth));

        foreach (var month in _commit.RatedCalls.Select(c => c.BillingMonth).Distinct())
        {
            _streams.Add(_names.Billed(_commit.PbxId, month));
            _positions.Add(_streams[^1], FirstHash + _hashes.Count + _streams.Count);
        }
    }

    private void AddHash(RedisKey key)
    {
        if (_positions.TryAdd(key, FirstHash + _hashes.Count + 1))
            _hashes.Add(key);
    }

    private void AddChecks()
    {
        _values.Add(_commit.NotSettled.Count);
        foreach (var check in _commit.NotSettled)
        {
            _values.Add(check.CallId);
            _values.Add(_positions[_names.Settled(_commit.PbxId, check.Month1)]);
            _values.Add(_positions[_names.Settled(_commit.PbxId, check.Month2)]);
        }
    }

    // The script sets first and deletes then, so of several changes of a field only the last may be sent.
    private void AddChanges()
    {
        var last = new Dictionary<(int Section, string Name), byte[]?>();
        foreach (var change in _commit.Changes)
            last[(change.Section, change.Name)] = change.Value;

        AddBySection(last.Where(c => c.Value is not null), c => [c.Key.Name, c.Value]);
        AddBySection(last.Where(c => c.Value is null), c => [c.Key.Name]);
    }

    private void AddBySection(
        IEnumerable<KeyValuePair<(int Section, string Name), byte[]?>> changes,
        Func<KeyValuePair<(int Section, string Name), byte[]?>, RedisValue[]> arguments)
    {
        var sections = changes.GroupBy(c => c.Key.Section).ToList();
        _values.Add(sections.Count);
        foreach (var section in sections)
        {
            List<RedisValue> texts = [.. section.SelectMany(arguments)];
            _values.Add(section.Key == 0 ? 1 : _positions[_names.Month(_commit.PbxId, section.Key)]);
            _values.Add(texts.Count);
            _values.AddRange(texts);
        }
    }

    private void AddRatedCalls()
    {
        _values.Add(_commit.RatedCalls.Count);
        _values.Add(_commit.PbxId);
        foreach (var call in _commit.RatedCalls)
        {
            _values.Add(_positions[_names.Settled(_commit.PbxId, call.UsageMonth)]);
            _values.Add(_positions[_names.Billed(_commit.PbxId, call.BillingMonth)]);
            _values.Add(call.CallId);
            _values.Add(call.UsageMonth);
            _values.Add(call.BillingMonth);
            _values.Add(call.Data);
        }
    }

    private void AddLeases()
    {
        _values.Add(_commit.Leases.Count);
        foreach (var lease in _commit.Leases)
        {
            _values.Add(LeaseMember(_commit.PbxId, lease.CallId));
            _values.Add(lease.EndsAt is { } end ? StoredTime.RoundedUp(end).ToString(CultureInfo.InvariantCulture) : "");
        }
    }
}
