using System.Collections.Concurrent;
using Classound.Storage.Tests.Contract;
using Classound.Storage.Tests.Sqlite;

namespace Classound.Storage.Tests.Faults;

/// <summary>
/// Writers of many PBXs that commit until the store refuses, keep what was not answered, and send it again unchanged: as grains do.
/// </summary>
internal sealed class Hammer
{
    private readonly Dictionary<string, TestWriter> _writers =
        Enumerable.Range(0, CrashWriter.Pbxs).Select(i => $"pbx-{i}").ToDictionary(pbx => pbx, pbx => new TestWriter(pbx, Guid.NewGuid().ToString("N")));

    private readonly ConcurrentDictionary<string, LedgerCommit> _pending = new(StringComparer.Ordinal);
    private readonly int _bytes;

    /// <param name="bytes">Size of what each commit adds.</param>
    public Hammer(int bytes) => _bytes = bytes;

    public IEnumerable<string> Pbxs => _writers.Keys;

    /// <summary>The last commit of each PBX that was acknowledged.</summary>
    public ConcurrentDictionary<string, long> Acknowledged { get; } = new(StringComparer.Ordinal);

    public long Total => Acknowledged.Values.Sum();

    /// <summary>Commits on all PBXs until each was refused once, or until <paramref name="until"/> says so.</summary>
    /// <returns>How many were refused, and how many got no definite answer.</returns>
    public async Task<(int Unavailable, int Unknown)> RunAsync(ILedgerStore store, Func<bool>? until = null)
    {
        var ends = await Task.WhenAll(Pbxs.Select(pbx => Task.Run(() => RunOneAsync(store, pbx, until))));
        return (ends.Count(e => e is StoreUnavailableException), ends.Count(e => e is StoreOutcomeUnknownException));
    }

    /// <summary>Sends again what was not answered, until it is.</summary>
    /// <returns>How many of them had been applied after all.</returns>
    public async Task<int> ResendAsync(ILedgerStore store)
    {
        var applied = 0;
        foreach (var (pbx, commit) in _pending)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var result = await _writers[pbx].SendAsync(store, commit);
                    Assert.True(result.Outcome is CommitOutcome.Committed or CommitOutcome.AlreadyCommitted, $"{pbx}: {result.Outcome}");
                    applied += result.Outcome == CommitOutcome.AlreadyCommitted ? 1 : 0;
                    Acknowledged[pbx] = Acknowledged.GetValueOrDefault(pbx) + 1;
                    break;
                }
                catch (Exception error) when (attempt < 600 && error is StoreUnavailableException or StoreOutcomeUnknownException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50)); // the pause that a writer makes
                }
            }
        }

        _pending.Clear();
        return applied;
    }

    /// <summary>What is stored is whole and has everything acknowledged.</summary>
    public Task<long> AuditAsync(ILedgerStore store) => CrashAudit.CheckAsync(store, Acknowledged, Pbxs);

    /// <summary>What is stored is whole, whatever is missing of it.</summary>
    /// <returns>How many acknowledged commits are missing.</returns>
    public async Task<long> CountLostAsync(ILedgerStore store)
    {
        await CrashAudit.CheckAsync(store, new Dictionary<string, long>(), Pbxs);
        var lost = 0L;
        foreach (var (pbx, acknowledged) in Acknowledged)
        {
            var fields = (await store.LoadAsync(pbx, CancellationToken.None)).Fields;
            lost += Math.Max(0, acknowledged - (fields.TryGetValue("last", out var last) ? CrashAudit.Number(last) : 0));
        }

        return lost;
    }

    private async Task<Exception?> RunOneAsync(ILedgerStore store, string pbx, Func<bool>? until)
    {
        while (until?.Invoke() != true)
        {
            var number = Acknowledged.GetValueOrDefault(pbx) + 1;
            var commit = _writers[pbx].Prepare(c => CrashWriter.Fill(c, number));
            commit.Changes.Add(new(202609, $"bytes-{number}", new byte[_bytes]));
            try
            {
                var result = await _writers[pbx].SendAsync(store, commit);
                Assert.Equal(CommitOutcome.Committed, result.Outcome);
                Acknowledged[pbx] = number;
            }
            catch (Exception error) when (error is StoreUnavailableException or StoreOutcomeUnknownException)
            {
                _pending[pbx] = commit;
                return error;
            }
        }

        return null;
    }
}
