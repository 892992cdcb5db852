using System.Security.Cryptography;

namespace Classound.Storage;

/// <summary>
/// How content is cut. A price list has megabytes: in one piece it would hold the commits of all calls up behind it.
/// </summary>
internal static class ContentChunks
{
    /// <summary>Bytes of a chunk; the last one may be shorter.</summary>
    public const int Size = 256 * 1024;

    public static int Count(long bytes) => (int)((bytes + Size - 1) / Size);

    public static ReadOnlyMemory<byte> Chunk(byte[] content, int index) =>
        content.AsMemory(index * Size, Math.Min(Size, content.Length - index * Size));

    /// <exception cref="ArgumentException">The content does not have this hash: storing it would hide it from its readers.</exception>
    public static void CheckNew(string sha256, byte[] content)
    {
        StoreLimits.CheckSha256(sha256);
        ArgumentNullException.ThrowIfNull(content);
        var actual = Hash(content);
        if (!string.Equals(actual, sha256, StringComparison.Ordinal))
            throw new ArgumentException($"The content has SHA-256 {actual}, not {sha256}.", nameof(content));
    }

    /// <exception cref="InvalidDataException">What is stored is not what was put there.</exception>
    public static byte[] CheckStored(string sha256, byte[] content)
    {
        var actual = Hash(content);
        return string.Equals(actual, sha256, StringComparison.Ordinal)
            ? content
            : throw new InvalidDataException($"The stored content {sha256} is damaged: its SHA-256 is {actual}. Import it again.");
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
