namespace Classound.Storage.Redis;

/// <summary>Content by hash. Chunks first, each a command of its own; the key that makes them one content last.</summary>
internal static class RedisContent
{
    public static async Task PutAsync(RedisLink link, RedisKeys keys, string sha256, byte[] content, CancellationToken ct)
    {
        for (var i = 0; i < ContentChunks.Count(content.Length); i++)
        {
            var (key, chunk) = (keys.ContentChunk(sha256, i), ContentChunks.Chunk(content, i));
            await link.WriteAsync(db => db.StringSetAsync(key, chunk), ct).ConfigureAwait(false);
        }

        await link.WriteAsync(db => db.StringSetAsync(keys.Content(sha256), content.Length), ct).ConfigureAwait(false);
    }

    public static async Task<byte[]?> GetAsync(RedisLink link, RedisKeys keys, string sha256, CancellationToken ct)
    {
        var bytes = await link.ReadAsync(db => db.StringGetAsync(keys.Content(sha256), RedisLink.Primary), ct).ConfigureAwait(false);
        if (bytes.IsNull)
            return null;

        using var content = new MemoryStream((int)bytes);
        for (var i = 0; i < ContentChunks.Count((long)bytes); i++)
        {
            var key = keys.ContentChunk(sha256, i);
            var chunk = await link.ReadAsync(db => db.StringGetAsync(key, RedisLink.Primary), ct).ConfigureAwait(false);
            content.Write((byte[]?)chunk ?? []);
        }

        return ContentChunks.CheckStored(sha256, content.ToArray());
    }
}
