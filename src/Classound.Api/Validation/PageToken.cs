using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Classound.Api.Validation;

/// <summary>
/// Where a list goes on. Opaque to clients, and bound to the list it was made for: a token of another PBX or month is
/// refused as malformed, where silently starting somewhere else would lose or repeat rows.
/// </summary>
public static class PageToken
{
    private const int BindingBytes = 6;

    /// <param name="list">What is listed, for example "rated-calls/acme/2026-11".</param>
    /// <param name="cursor">Key of the last row given.</param>
    public static string Create(string list, string cursor)
    {
        var bytes = new byte[BindingBytes + Encoding.UTF8.GetByteCount(cursor)];
        Bind(list, bytes);
        Encoding.UTF8.GetBytes(cursor, bytes.AsSpan(BindingBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The cursor of a token; empty for an empty token, which is the first page.</summary>
    public static string Read(ref FieldViolations violations, string field, string token, string list)
    {
        if (token.Length == 0) return "";
        if (TryRead(token, list, out var cursor)) return cursor;
        violations.Add(field, "is not of this list; expected the next_page_token of the page before, or nothing for the first page.");
        return "";
    }

    /// <summary>The cursor of a list that is keyed by a sequence from 1; 0 for the first page.</summary>
    public static long ReadSequence(ref FieldViolations violations, string field, string token, string list)
    {
        var cursor = Read(ref violations, field, token, list);
        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
    }

    private static bool TryRead(string token, string list, out string cursor)
    {
        cursor = "";
        if (token.Length > 1024 || !Base64Url.IsValid(token)) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= BindingBytes) return false;
        Span<byte> expected = stackalloc byte[BindingBytes];
        Bind(list, expected);
        if (!bytes.AsSpan(0, BindingBytes).SequenceEqual(expected)) return false;
        cursor = Encoding.UTF8.GetString(bytes.AsSpan(BindingBytes));
        return true;
    }

    private static void Bind(string list, Span<byte> target)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(list), hash);
        hash[..BindingBytes].CopyTo(target);
    }
}
