using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>Lays checked commits out as the keys and arguments of <see cref="CommitScript"/>.</summary>
internal sealed class CommitScriptCall
{
    private readonly RedisKeys _names;
    private readonly List<RedisValue> _values;
    private readonly HashSet<RedisKey>? _others;
    private readonly List<string> _checked = [];

    /// <param name="names">The names of the keys.</param>
    /// <param name="commits">Of different PBXs; on a cluster of one partition.</param>
    /// <param name="settledKeptFor">How long a settled month is kept after its last call was settled.</param>
    /// <param name="declareAllKeys">
    /// A cluster refuses a script while one of its keys is on the way to another node, but it has to know them. Else the ledgers are
    /// enough, and the names of the others, most of what a commit would send, are made on the server.
    /// </param>
    public CommitScriptCall(RedisKeys names, IReadOnlyList<PendingCommit> commits, TimeSpan settledKeptFor, bool declareAllKeys)
    {
        _names = names;
        _values = new List<RedisValue>(2 + commits.Count * 24) { (long)settledKeptFor.TotalSeconds, commits.Count };
        _others = declareAllKeys ? [] : null;
        var ledgers = new RedisKey[commits.Count];
        for (var i = 0; i < ledgers.Length; i++)
        {
            ledgers[i] = names.Ledger(commits[i].Commit.PbxId);
            Add(commits[i].Commit);
        }

        Keys = _others is null ? ledgers : [.. ledgers, .. _others];
        Values = [.. _values];
    }

    public RedisKey[] Keys { get; }

    public RedisValue[] Values { get; }

    private void Add(LedgerCommit commit)
    {
        var head = _values.Count;
        _values.Add(default);
        _values.Add(commit.Expected?.ToString() ?? "");
        var rest = AddLedger(commit);
        AddChecks(commit);
        AddLeases(commit);
        AddChanges(commit, rest);
        AddRatedCalls(commit);
        _values[head] = _values.Count - head - 1;
        if (_others is not null) DeclareKeys(commit, _others);
    }

    // What is set in the ledger up to the first other change, in one command with the version; returns where that other one is.
    private int AddLedger(LedgerCommit commit)
    {
        var end = 0;
        while (end < commit.Changes.Count && commit.Changes[end] is { Section: 0, Value: not null }) end++;
        _values.Add(2 + 2 * end);
        _values.Add("");
        _values.Add(commit.Next.ToString());
        AddTexts(commit, 0, end);
        return end;
    }

    // Runs of checks of one call id become one.
    private void AddChecks(LedgerCommit commit)
    {
        _checked.Clear();
        var count = _values.Count;
        _values.Add(default);
        for (var i = 0; i < commit.NotSettled.Count;)
        {
            var id = commit.NotSettled[i].CallId;
            _values.Add(id);
            _checked.Add(id);
            var months = _values.Count;
            _values.Add(default);
            for (; i < commit.NotSettled.Count && commit.NotSettled[i].CallId == id; i++)
            {
                _values.Add(commit.NotSettled[i].Month1);
                if (commit.NotSettled[i].Month2 != commit.NotSettled[i].Month1) _values.Add(commit.NotSettled[i].Month2);
            }

            _values[months] = _values.Count - months - 1;
        }

        _values[count] = _checked.Count;
    }

    // In order, for of two changes of a field the later one counts; neighbours of one hash and kind become one command.
    private void AddChanges(LedgerCommit commit, int from)
    {
        var count = _values.Count;
        _values.Add(default);
        var commands = 0;
        for (int i = from, end; i < commit.Changes.Count; i = end, commands++)
        {
            var (section, deletes) = (commit.Changes[i].Section, commit.Changes[i].Value is null);
            for (end = i; end < commit.Changes.Count && commit.Changes[end].Section == section && commit.Changes[end].Value is null == deletes;) end++;
            _values.Add(deletes ? "HDEL" : "HSET");
            _values.Add(section == 0 ? "" : section);
            _values.Add((end - i) * (deletes ? 1 : 2));
            AddTexts(commit, i, end);
        }

        _values[count] = commands;
    }

    private void AddTexts(LedgerCommit commit, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            _values.Add(commit.Changes[i].Name);
            if (commit.Changes[i].Value is { } value) _values.Add(value);
        }
    }

    private void AddRatedCalls(LedgerCommit commit)
    {
        _values.Add(commit.RatedCalls.Count);
        for (var i = 0; i < commit.RatedCalls.Count; i++)
        {
            var call = commit.RatedCalls[i];
            AddCallId(i, call.CallId);
            _values.Add(call.UsageMonth);
            _values.Add(call.BillingMonth);
            _values.Add(call.Data);
        }
    }

    private void AddLeases(LedgerCommit commit)
    {
        _values.Add(commit.Leases.Count);
        for (var i = 0; i < commit.Leases.Count; i++)
        {
            AddCallId(i, commit.Leases[i].CallId);
            _values.Add(commit.Leases[i].EndsAt is { } end ? StoredTime.RoundedUp(end) : "");
        }
    }

    private void AddCallId(int number, string id) => _values.Add(number < _checked.Count && _checked[number] == id ? "" : id);

    private void DeclareKeys(LedgerCommit commit, HashSet<RedisKey> keys)
    {
        keys.Add(_names.Leases(commit.PbxId));
        foreach (var check in commit.NotSettled)
        {
            keys.Add(_names.Settled(commit.PbxId, check.Month1));
            keys.Add(_names.Settled(commit.PbxId, check.Month2));
        }

        foreach (var change in commit.Changes)
            if (change.Section != 0) keys.Add(_names.Month(commit.PbxId, change.Section));
        if (commit.RatedCalls.Count > 0) keys.Add(_names.Feed(commit.PbxId));
        foreach (var call in commit.RatedCalls)
        {
            keys.Add(_names.Settled(commit.PbxId, call.UsageMonth));
            keys.Add(_names.Billed(commit.PbxId, call.BillingMonth));
        }
    }
}
