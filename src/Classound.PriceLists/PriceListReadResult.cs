namespace Classound.PriceLists;

/// <summary>A price list that was read: its content, or the reasons why there is none. All or nothing.</summary>
public sealed record PriceListReadResult
{
    /// <summary>Remarks of a kind that are listed; the counts go on.</summary>
    public const int MaxListed = RemarkLog.Kept;

    /// <summary>Null exactly when <see cref="ErrorCount"/> is not 0.</summary>
    public PriceListContent? Content { get; init; }

    /// <summary>What the row of kind <c>list</c> says; nothing where there is none.</summary>
    public PriceListFacts Facts { get; init; } = new();

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
