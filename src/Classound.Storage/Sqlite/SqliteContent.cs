namespace Classound.Storage.Sqlite;

/// <summary>Content by hash. Chunks first, each a write of its own; the row that makes them one content last.</summary>
internal static class SqliteContent
{
    public static async Task PutAsync(SqliteDatabase database, string sha256, byte[] content, CancellationToken ct)
    {
        for (var i = 0; i < ContentChunks.Count(content.Length); i++)
        {
            var (index, chunk) = (i, ContentChunks.Chunk(content, i));
            await database.WriteAsync(session => PutChunk(session, sha256, index, chunk.Span), ct).ConfigureAwait(false);
        }

        await database.WriteAsync(session => PutWhole(session, sha256, content.Length), ct).ConfigureAwait(false);
    }

    public static byte[]? Get(SqliteSession session, string sha256)
    {
        var found = session.Statement("SELECT bytes FROM content WHERE sha256 = ?1").Bind(1, sha256)
            .TryFirst(row => row.Integer(0), out var bytes);
        if (!found)
            return null;

        var content = new MemoryStream(new byte[bytes], 0, (int)bytes, writable: true, publiclyVisible: true);
        session.Statement("SELECT data FROM content_chunk WHERE sha256 = ?1 ORDER BY chunk LIMIT ?2")
            .Bind(1, sha256).Bind(2, ContentChunks.Count(bytes))
            .All(row => Copy(row.Blob(0), content));
        return content.GetBuffer();
    }

    // An import repeats a put after a failure: what is there is replaced by the same bytes, which also mends a damaged chunk.
    private static int PutChunk(SqliteSession session, string sha256, int index, ReadOnlySpan<byte> chunk) => session
        .Statement("""
            INSERT INTO content_chunk (sha256, chunk, data) VALUES (?1, ?2, ?3)
            ON CONFLICT (sha256, chunk) DO UPDATE SET data = excluded.data
            """)
        .Bind(1, sha256).Bind(2, index).Bind(3, chunk).Run();

    private static int PutWhole(SqliteSession session, string sha256, int bytes) => session
        .Statement("INSERT INTO content (sha256, bytes) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING")
        .Bind(1, sha256).Bind(2, bytes).Run();

    // A chunk that is too long or missing shows as another hash.
    private static int Copy(ReadOnlySpan<byte> chunk, MemoryStream content)
    {
        content.Write(chunk[..(int)Math.Min(chunk.Length, content.Length - content.Position)]);
        return chunk.Length;
    }
}
