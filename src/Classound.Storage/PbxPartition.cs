using System.Text;

namespace Classound.Storage;

/// <summary>
/// Which partition a PBX belongs to: FNV-1a, 64 bits, over the id's UTF-8 bytes, modulo the number of partitions.
/// Both stores, and every release, must agree on it for ever, so it is written out here and pinned by test vectors
/// instead of being taken from a library.
/// </summary>
public static class PbxPartition
{
    /// <summary>Partitions of a new installation, unless it is configured otherwise.</summary>
    public const int DefaultCount = 256;

    /// <summary>Most partitions an installation may have.</summary>
    public const int MaxCount = 4096;

    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The partition of a PBX, 0 to <paramref name="count"/> - 1.</summary>
    public static int Of(string pbxId, int count) => (int)(Hash(pbxId) % (ulong)count);

    /// <summary>FNV-1a, 64 bits, of the UTF-8 bytes of a text.</summary>
    public static ulong Hash(string text)
    {
        var hash = OffsetBasis;
        Span<byte> buffer = stackalloc byte[256];
        var bytes = text.Length <= buffer.Length / 3 ? buffer[..Encoding.UTF8.GetBytes(text, buffer)] : Encoding.UTF8.GetBytes(text);
        foreach (var b in bytes)
            hash = unchecked((hash ^ b) * Prime);

        return hash;
    }
}
