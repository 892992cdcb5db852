using System.Buffers;
using System.Text;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Stored;

/// <summary>Values as bytes: integers seven bits at a time, lowest first; text as its length and UTF-8.</summary>
internal sealed class StoredWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void Number(ulong value)
    {
        var target = _bytes.GetSpan(StoredReader.MaxNumberBytes);
        var length = 0;
        for (; value >= 0x80; value >>= 7) target[length++] = (byte)(value | 0x80);
        target[length++] = (byte)value;
        _bytes.Advance(length);
    }

    public void Number(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Number((ulong)value);
    }

    // The sign goes to the lowest bit, so that small amounts stay short.
    public void Amount(Amount value) => Number((ulong)((value.Nanos << 1) ^ (value.Nanos >> 63)));

    /// <exception cref="ArgumentException">It is too long, or half of a character.</exception>
    public void Text(string value)
    {
        var utf8 = StoredReader.Utf8.GetBytes(value);
        if (utf8.Length > StoredReader.MaxTextBytes)
            throw new ArgumentException($"text of {utf8.Length} bytes: expected at most {StoredReader.MaxTextBytes}", nameof(value));
        Number(utf8.Length);
        Raw(utf8);
    }
}
