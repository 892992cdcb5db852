namespace Classound.Storage.Sqlite;

/// <summary>A stored grain state.</summary>
/// <param name="Etag">Number of the last write of this key, from 1.</param>
/// <param name="Data">The serialized state; null when it was cleared.</param>
public sealed record StoredGrainState(long Etag, byte[]? Data);

/// <summary>The outcome of a compare-and-set.</summary>
/// <param name="Applied">False when the stored tag was not the expected one; nothing changed then.</param>
/// <param name="Etag">The tag that is stored now; null when the key was never written.</param>
public readonly record struct GrainStateWrite(bool Applied, long? Etag);

/// <summary>
/// Slow-moving grain state (DID ownership, resellers, the price-list catalogue) beside the ledger, with its durability.
/// </summary>
public sealed class SqliteGrainStateTable(SqliteDatabase database)
{
    /// <summary>The state of a key; null when it was never written.</summary>
    public Task<StoredGrainState?> ReadAsync(string key, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return database.ReadAsync(session => Find(session, key), ct);
    }

    /// <summary>
    /// Stores the data (null clears it) if the stored tag is the expected one (null = never written). A cleared key keeps its
    /// row and its count: a tag that started at 1 again would let a writer of the key's earlier life through.
    /// </summary>
    public Task<GrainStateWrite> WriteAsync(string key, long? expectedEtag, byte[]? data, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return database.WriteAsync(session => Write(session, key, expectedEtag, data), ct);
    }

    private static StoredGrainState? Find(SqliteSession session, string key) => session
        .Statement("SELECT etag, data FROM grain_state WHERE key = ?1")
        .Bind(1, key)
        .TryFirst(row => new StoredGrainState(row.Integer(0), row.IsNull(1) ? null : row.Blob(1).ToArray()), out var state)
        ? state
        : null;

    private static GrainStateWrite Write(SqliteSession session, string key, long? expectedEtag, byte[]? data)
    {
        var stored = Find(session, key)?.Etag;
        if (stored != expectedEtag)
            return new GrainStateWrite(false, stored);

        var next = (stored ?? 0) + 1;
        var put = session
            .Statement("""
                INSERT INTO grain_state (key, etag, data) VALUES (?1, ?2, ?3)
                ON CONFLICT (key) DO UPDATE SET etag = excluded.etag, data = excluded.data
                """)
            .Bind(1, key).Bind(2, next);
        (data is null ? put.BindNull(3) : put.Bind(3, data)).Run();
        return new GrainStateWrite(true, next);
    }
}
