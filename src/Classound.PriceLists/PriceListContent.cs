using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists;

/// <summary>What one version of a price list says (R15), whatever file it came from. Type, currency and zone come beside it.</summary>
/// <param name="AreaTariffs">The Areas table (R5-R7): the row of each area that has one.</param>
/// <param name="Entries">Call termination: the prefixes, each there once, in any order.</param>
public sealed record PriceListContent(IReadOnlyDictionary<CallArea, Tariff> AreaTariffs, IReadOnlyList<PriceListEntry> Entries)
{
    /// <summary>Flat-fee plans, each code there once.</summary>
    public IReadOnlyList<PlanOffer> Plans { get; init; } = [];

    /// <summary>DID fees, each country and kind there once.</summary>
    public IReadOnlyList<DidFee> DidFees { get; init; } = [];

    /// <summary>FreePhone fees, each country there once.</summary>
    public IReadOnlyList<FreePhoneFee> FreePhoneFees { get; init; } = [];
}

/// <summary>What an import checks beyond the form of the file.</summary>
public sealed record PriceListCsvRules
{
    /// <summary>
    /// For content that was accepted once: it has to stay readable when the rules of an import become stricter, because calls
    /// are pinned to it (R20).
    /// </summary>
    public static readonly PriceListCsvRules Stored = new() { AllowOtherIncrements = true, MaxPricePerMinute = new Amount(long.MaxValue) };

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
}

/// <summary>A price list that was read: its content, or the reasons why there is none. All or nothing.</summary>
public sealed record PriceListCsvResult
{
    /// <summary>Remarks of a kind that are listed; the counts go on.</summary>
    public const int MaxListed = RemarkLog.Kept;

    /// <summary>Null exactly when <see cref="ErrorCount"/> is not 0.</summary>
    public PriceListContent? Content { get; init; }

    /// <summary>Rows read, without the header and blank lines.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows of kind <c>prefix</c> that were read without an error.</summary>
    public required int Prefixes { get; init; }

    /// <summary>The first <see cref="MaxListed"/> errors, by line.</summary>
    public required IReadOnlyList<PriceListRemark> Errors { get; init; }

    /// <summary>All errors, the unlisted ones too.</summary>
    public required int ErrorCount { get; init; }

    /// <summary>What is unusual, but allowed; the first <see cref="MaxListed"/>.</summary>
    public required IReadOnlyList<PriceListRemark> Notes { get; init; }
    public required int NoteCount { get; init; }
}
