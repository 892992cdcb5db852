using Classound.Charging.Allowances;

namespace Classound.Grains.Catalogues;

/// <summary>One imported version of a price list, without its rows: those lie in the store under their hash.</summary>
public sealed record PriceListRecord
{
    /// <summary>END_USER, GOLD ...</summary>
    public string Type { get; init; } = "";

    /// <summary>1, 2, ... in the order of import.</summary>
    public int Number { get; init; }

    /// <summary>ISO 4217; all versions of a type have the same.</summary>
    public string Currency { get; init; } = "";

    /// <summary>IANA; all versions of a type have the same.</summary>
    public string TimeZoneId { get; init; } = "";

    /// <summary>Decimals of a charge, 0 to 9.</summary>
    public int Decimals { get; init; }

    /// <summary>It was imported with leave for other increments than 1/1 in Areas 2 to 6 (R6).</summary>
    public bool AllowOtherIncrements { get; init; }

    /// <summary>SHA-256 of the stored content, 64 lower-case hexadecimal digits.</summary>
    public string ContentSha256 { get; init; } = "";
    public int Prefixes { get; init; }
    public DateTimeOffset ImportedAt { get; init; }

    /// <summary>The activation that the import asked for: part of what a repeat is recognised by.</summary>
    public DateTimeOffset? RequestedEffectiveAt { get; init; }

    /// <summary>In force from here on, until the next one's; null = a draft, which prices nothing.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>The time that was asked for, where <see cref="EffectiveAt"/> had to be later, by a minute at most; else null.</summary>
    public DateTimeOffset? AskedEffectiveAt { get; init; }

    /// <summary>Whether this time was asked for already.</summary>
    internal bool IsActivatedAt(DateTimeOffset at) => EffectiveAt == at || AskedEffectiveAt == at;
}

/// <summary>What an import asks the catalogue for, after its content was checked and stored: one version or several, all or none.</summary>
public sealed record PriceListOrder
{
    public required string Type { get; init; }
    public required string Currency { get; init; }
    public required string TimeZoneId { get; init; }
    public required int Decimals { get; init; }
    public bool AllowOtherIncrements { get; init; }

    /// <summary>At least one. Their effective times rise; only the first may have none.</summary>
    public required IReadOnlyList<PriceListOrderPart> Parts { get; init; }

    internal bool IsRepeatOf(PriceListRecord made, PriceListOrderPart part) =>
        made.Type == Type && made.Currency == Currency && made.TimeZoneId == TimeZoneId && made.Decimals == Decimals
        && made.AllowOtherIncrements == AllowOtherIncrements && made.ContentSha256 == part.ContentSha256
        && made.RequestedEffectiveAt == part.EffectiveAt;
}

/// <summary>One version of an order.</summary>
/// <param name="ContentSha256">Where its rows lie in the store.</param>
/// <param name="Prefixes">How many prefixes it has.</param>
/// <param name="EffectiveAt">In force from then on; null = import only.</param>
/// <param name="Plans">Its plans: the only rows that the catalogue itself keeps, because months are opened by them.</param>
public sealed record PriceListOrderPart(string ContentSha256, int Prefixes, DateTimeOffset? EffectiveAt, IReadOnlyList<PlanOffer> Plans);
