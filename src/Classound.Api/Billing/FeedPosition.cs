using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Classound.Grains.Pbxs;

namespace Classound.Api.Billing;

/// <summary>
/// Where a reader of rated calls stands: after this entry. The checksum tells whether the store still has the entry that the
/// reader was given: after a restored backup another call may have its number, and going on behind that would skip calls.
/// </summary>
/// <param name="Sequence">Number in the partition's feed; 0 = before the first.</param>
/// <param name="Checksum">First 8 bytes of the SHA-256 of number and stored form, in hex; empty at 0, and in tokens of older releases.</param>
public readonly record struct FeedPosition(long Sequence, string Checksum)
{
    private const int ChecksumBytes = 8;

    public static FeedPosition Start { get; } = new(0, "");

    public static FeedPosition Of(FeedEntry entry)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, entry.Sequence);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(number);
        hash.AppendData(entry.Data);
        return new FeedPosition(entry.Sequence, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, ChecksumBytes)));
    }

    /// <summary>Reads the text form; false when it is none.</summary>
    public static bool TryParse(string text, out FeedPosition position)
    {
        var parts = text.Split('.');
        var known = long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence);
        var checksum = parts.Length == 2 ? parts[1] : "";
        position = new FeedPosition(sequence, checksum);
        return known && parts.Length <= 2 && (checksum.Length == 0 || (checksum.Length == ChecksumBytes * 2 && sequence > 0));
    }

    /// <summary>Whether this is the entry that was given before. A token without a checksum knows its number only.</summary>
    public bool IsAt(FeedEntry entry) => Checksum.Length == 0 ? entry.Sequence == Sequence : this == Of(entry);

    /// <summary><c>number.checksum</c>, or the number alone.</summary>
    public override string ToString() =>
        Sequence.ToString(CultureInfo.InvariantCulture) + (Checksum.Length == 0 ? "" : "." + Checksum);
}
