using Classound.Charging.Rating;

namespace Classound.PriceLists;

/// <summary>What an import checks beyond the form of the file.</summary>
public sealed record PriceListRules
{
    /// <summary>
    /// For content that was accepted once: it has to stay readable when the rules of an import become stricter, because calls
    /// are pinned to it (R20).
    /// </summary>
    public static readonly PriceListRules Stored = new()
    {
        AllowOtherIncrements = true, MaxPricePerMinute = new Amount(long.MaxValue), MaxFee = new Amount(long.MaxValue), MaxPrefixes = int.MaxValue,
        AllowControlCharacters = true,
    };

    /// <summary>
    /// Areas 2-6 are charged by the second from the first one (R6): other increments, or a minimum above 1 s, are an error,
    /// unless the list type allows them; then each such row is noted.
    /// </summary>
    public bool AllowOtherIncrements { get; init; }

    /// <summary>
    /// A dearer minute, or connect fee, is taken for a slip of the decimal point. 1,000 units of any currency in which calls
    /// are sold is several times the dearest satellite minute, save for a few with very small units, which raise it.
    /// </summary>
    public Amount MaxPricePerMinute { get; init; } = new(1_000_000_000_000);

    /// <summary>
    /// A higher monthly or setup fee, of a plan's user, a DID or a FreePhone number, is taken for a slip of the decimal point. 100,000
    /// units leave room for yen and won.
    /// </summary>
    public Amount MaxFee { get; init; } = new(100_000_000_000_000);

    /// <summary>
    /// Prefixes of a file, codes of closed rows and of later dates included: each takes room until the file is imported. The largest
    /// lists of the trade have a million.
    /// </summary>
    public int MaxPrefixes { get; init; } = 4_000_000;

    /// <summary>What is known of the list beside its file. A row of kind <c>list</c> that says otherwise is an error.</summary>
    public PriceListFacts Header { get; init; } = new();

    internal bool AllowControlCharacters { get; init; }
}
