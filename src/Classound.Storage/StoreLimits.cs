using System.Runtime.CompilerServices;
using System.Text;

namespace Classound.Storage;

/// <summary>
/// The ranges of the contract, checked before anything is sent: both stores then refuse the same input with the same words,
/// and no script or transaction is entered that could only fail half-way.
/// </summary>
public static class StoreLimits
{
    /// <summary>Longest PBX id, in characters of [A-Za-z0-9._-].</summary>
    public const int MaxPbxIdLength = 64;

    /// <summary>Longest call id, in bytes of UTF-8.</summary>
    public const int MaxCallIdBytes = 128;

    /// <summary>Longest field name, in bytes of UTF-8.</summary>
    public const int MaxFieldNameBytes = 512;

    /// <summary>Most entries of one page: a reader's 1,000, the one before them and the one after.</summary>
    public const int MaxPage = 1002;

    // Strict: a lone surrogate would be replaced, and two different ids would become one.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static byte[] Bytes(string text) => Utf8.GetBytes(text);

    internal static string Text(ReadOnlySpan<byte> bytes) => Utf8.GetString(bytes);

    internal static void CheckPbxId(string value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.Length is 0 or > MaxPbxIdLength || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new ArgumentException($"'{value}' is not a PBX id; expected 1 to {MaxPbxIdLength} characters of A-Z a-z 0-9 . _ -", name);
    }

    internal static void CheckCallId(string value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        CheckText(value, MaxCallIdBytes, name);

    internal static void CheckFieldName(string value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        CheckText(value, MaxFieldNameBytes, name);

    internal static void CheckMonth(int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is < 1970_01 or > 9999_12 || value % 100 is < 1 or > 12)
            throw new ArgumentOutOfRangeException(name, value, "Expected a month as YYYYMM.");
    }

    internal static void CheckPage(int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is < 1 or > MaxPage)
            throw new ArgumentOutOfRangeException(name, value, $"Expected 1 to {MaxPage} entries.");
    }

    internal static void CheckPartition(int value, int count, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < 0 || value >= count)
            throw new ArgumentOutOfRangeException(name, value, $"Expected a partition from 0 to {count - 1}.");
    }

    internal static void CheckPartitionCount(int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is < 1 or > PbxPartition.MaxCount)
            throw new ArgumentOutOfRangeException(name, value, $"Expected 1 to {PbxPartition.MaxCount} partitions.");
    }

    internal static void CheckSha256(string value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.Length != 64 || !value.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException($"'{value}' is not a SHA-256; expected 64 lower-case hex digits.", name);
    }

    private static void CheckText(string value, int maxBytes, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        int bytes;
        try
        {
            bytes = Utf8.GetByteCount(value);
        }
        catch (EncoderFallbackException broken)
        {
            throw new ArgumentException("The text has half a surrogate pair; expected well-formed Unicode.", name, broken);
        }

        if (bytes == 0 || bytes > maxBytes)
            throw new ArgumentException($"The text has {bytes} bytes of UTF-8; expected 1 to {maxBytes}.", name);
    }
}
