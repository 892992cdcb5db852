using System.Globalization;
using System.Text;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Stored;

/// <summary>Reads what <see cref="StoredWriter"/> wrote. Whatever the bytes are, it ends with a value or an <see cref="InvalidDataException"/>.</summary>
internal ref struct StoredReader(ReadOnlySpan<byte> stored)
{
    public const int MaxNumberBytes = 10;

    public const int MaxTextBytes = 4096;

    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _stored = stored;
    private int _at;

    public readonly bool AtEnd => _at == _stored.Length;

    public ReadOnlySpan<byte> Raw(int length)
    {
        if (length > _stored.Length - _at) throw Damaged("it ends too early");
        _at += length;
        return _stored.Slice(_at - length, length);
    }

    public byte Byte() => _at < _stored.Length ? _stored[_at++] : throw Damaged("it ends too early");

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 7 * MaxNumberBytes; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Damaged("a number has more than 64 bits");
    }

    /// <summary>A number of 0 to <paramref name="most"/>.</summary>
    public int Number(int most)
    {
        var value = Number();
        return value <= (ulong)most ? (int)value : throw Damaged($"{value} stands where at most {most} is expected");
    }

    /// <summary>Which of so many.</summary>
    public int Index(int count) => count > 0 ? Number(count - 1) : throw Damaged("something refers to an empty table");

    /// <summary>
    /// How many items follow that have at least <paramref name="leastBytes"/> each: never more than the bytes that are left can hold,
    /// so that memory is not taken on the word of a damaged number.
    /// </summary>
    public int Count(int leastBytes) => Number((_stored.Length - _at) / leastBytes);

    public Amount Amount()
    {
        var value = Number();
        return new Amount((long)(value >> 1) ^ -(long)(value & 1));
    }

    public string Text()
    {
        var bytes = Raw(Number(MaxTextBytes));
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a text is not UTF-8");
        }
    }

    public readonly InvalidDataException Damaged(FormattableString what) => Damaged(what.ToString(CultureInfo.InvariantCulture));

    public readonly InvalidDataException Damaged(string what) => new(string.Create(
        CultureInfo.InvariantCulture, $"the stored price list is damaged before byte {_at} of {_stored.Length}: {what}"));
}
