using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Classound.Storage;

/// <summary>
/// The token that says which activation wrote a PBX's ledger last, and which of its commits that was.
/// The writer makes it and keeps it for every re-send of the same commit, so that "already stored" means
/// "my earlier attempt succeeded".
/// </summary>
/// <param name="Epoch">Fence of an activation: the loaded epoch + 1, from its first commit on. At least 1.</param>
/// <param name="Nonce">
/// Random per activation, 1 to 64 characters of [A-Za-z0-9_-]. Not optional: two activations that loaded the same epoch
/// would otherwise both make the same next token, and each would take the other's commit for its own.
/// </param>
/// <param name="Sequence">Number of the commit within the activation. 0 or more.</param>
public readonly record struct LedgerVersion(long Epoch, string Nonce, long Sequence)
{
    /// <summary>Longest nonce, in characters.</summary>
    public const int MaxNonceLength = 64;

    /// <summary>True when every part is within its documented range.</summary>
    public bool IsValid => Epoch >= 1 && Sequence >= 0 && IsNonce(Nonce);

    /// <summary>
    /// Whether a store that once held <paramref name="known"/> may hold this. Only a later epoch follows another activation's:
    /// of one epoch, a store that loses nothing keeps a single nonce, with rising sequences.
    /// </summary>
    public bool MayFollow(LedgerVersion known) =>
        Epoch > known.Epoch || (Epoch == known.Epoch && Nonce == known.Nonce && Sequence >= known.Sequence);

    /// <summary>Reads the text form <c>epoch:nonce:sequence</c>.</summary>
    /// <exception cref="FormatException">The text is not such a token.</exception>
    public static LedgerVersion Parse(string text) =>
        TryParse(text, out var version)
            ? version
            : throw new FormatException($"'{text}' is not a ledger version; expected epoch:nonce:sequence, such as 3:b7Qx:0.");

    /// <summary>Reads the text form <c>epoch:nonce:sequence</c>; false when the text is not such a token.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LedgerVersion version)
    {
        version = default;
        var parts = text?.Split(':');
        if (parts is not { Length: 3 }
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return false;
        }

        version = new LedgerVersion(epoch, parts[1], sequence);
        return version.IsValid;
    }

    /// <summary>The text form <c>epoch:nonce:sequence</c>, as it is stored and compared.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{Nonce}:{Sequence}");

    private static bool IsNonce(string? nonce) =>
        nonce is { Length: >= 1 and <= MaxNonceLength } && nonce.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
