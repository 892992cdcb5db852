using System.Text;

namespace Classound.Storage.Tests.Contract;

/// <summary>An activation as the store sees it: it makes the version tokens, and remembers the last one that was stored.</summary>
internal sealed class TestWriter(string pbxId, string nonce = "n1")
{
    private LedgerVersion? _stored;
    private long _epoch = 1;
    private long _sequence;

    public string PbxId => pbxId;

    public LedgerVersion? Stored => _stored;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>Loads as a new activation does: its epoch is the stored one + 1.</summary>
    public async Task<LedgerSnapshot> LoadAsync(ILedgerStore store)
    {
        var snapshot = await store.LoadAsync(pbxId, CancellationToken.None);
        (_stored, _epoch, _sequence) = (snapshot.Version, (snapshot.Version?.Epoch ?? 0) + 1, 0);
        return snapshot;
    }

    /// <summary>The next commit, not sent yet. Preparing twice gives the same version twice, as a re-send must.</summary>
    public LedgerCommit Prepare(Action<LedgerCommit>? fill = null)
    {
        var commit = new LedgerCommit { PbxId = pbxId, Expected = _stored, Next = new LedgerVersion(_epoch, nonce, _sequence) };
        fill?.Invoke(commit);
        return commit;
    }

    /// <summary>Sends, and goes on from there when it was applied.</summary>
    public async Task<CommitResult> SendAsync(ILedgerStore store, LedgerCommit commit)
    {
        var result = await store.CommitAsync(commit, CancellationToken.None);
        if (result.Outcome is CommitOutcome.Committed or CommitOutcome.AlreadyCommitted)
            (_stored, _sequence) = (commit.Next, _sequence + 1);

        return result;
    }

    /// <summary>Prepares, sends, and expects it to be applied now.</summary>
    public async Task CommitAsync(ILedgerStore store, Action<LedgerCommit>? fill = null)
    {
        var commit = Prepare(fill);
        var result = await SendAsync(store, commit);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
        Assert.Equal(commit.Next, result.Stored);
        Assert.Empty(result.SettledCallIds);
    }
}
