using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>
/// One version of a price list (type and currency), immutable and complete: a call is rated by the version pinned when
/// it was authorised.
/// </summary>
public sealed class PriceListVersion
{
    /// <summary>Decimals of a list that does not state its own.</summary>
    public const int DefaultDecimals = 4;

    private readonly Tariff?[] _byArea = new Tariff?[(int)CallArea.Area6 + 1];

    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public PriceListVersion(
        string type,
        string currency,
        string timeZoneId,
        int decimals,
        int number,
        DateTimeOffset effectiveAt,
        IReadOnlyDictionary<CallArea, Tariff> areaTariffs,
        PrefixTable prefixes)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(currency);
        ArgumentNullException.ThrowIfNull(areaTariffs);
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
            throw new ArgumentException($"currency \"{currency}\": expected three capital letters (ISO 4217)", nameof(currency));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZoneId, out _))
            throw new ArgumentException($"time zone \"{timeZoneId}\": unknown; expected an IANA zone", nameof(timeZoneId));
        if (decimals is < 0 or > Amount.MaxDecimals)
            throw new ArgumentOutOfRangeException(nameof(decimals), decimals, "Expected 0 to 9 decimals.");
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Type = type;
        Currency = currency;
        TimeZoneId = timeZoneId;
        Decimals = decimals;
        Number = number;
        EffectiveAt = effectiveAt;
        Prefixes = prefixes ?? throw new ArgumentNullException(nameof(prefixes));
        AreaTariffs = areaTariffs.ToImmutableSortedDictionary();
        foreach (var (area, tariff) in areaTariffs) _byArea[Row(area)] = tariff;
        AllowanceTicks = _byArea[(int)CallArea.Area1]?.Steps ?? [];
    }

    public string Type { get; }

    /// <summary>ISO 4217 code of every amount in the list.</summary>
    public string Currency { get; }

    /// <summary>IANA zone of the list's own dates.</summary>
    public string TimeZoneId { get; }

    /// <summary>Decimals to which a call's amount is rounded once, 0 to 9.</summary>
    public int Decimals { get; }

    /// <summary>Number of the version, from 1.</summary>
    public int Number { get; }

    /// <summary>In force from here on, until a version with a later time.</summary>
    public DateTimeOffset EffectiveAt { get; }

    /// <summary>The Areas table (R5-R7): the price of each area for prefixes without a tariff of their own.</summary>
    public IReadOnlyDictionary<CallArea, Tariff> AreaTariffs { get; }

    public PrefixTable Prefixes { get; }

    /// <summary>Flat-fee plans, each code there once.</summary>
    public IReadOnlyList<PlanOffer> Plans { get; init; } = [];

    /// <summary>DID fees, each country and kind there once.</summary>
    public IReadOnlyList<DidFee> DidFees { get; init; } = [];

    /// <summary>FreePhone fees, each country there once.</summary>
    public IReadOnlyList<FreePhoneFee> FreePhoneFees { get; init; } = [];

    public PriceListOutline Outline => new(Type, Currency, Number, EffectiveAt, Plans);

    /// <summary>Increments in which included minutes tick: those of the Area 1 row; empty without one.</summary>
    public ImmutableArray<TariffStep> AllowanceTicks { get; }

    /// <summary>
    /// The longest prefix of the number and its price: the prefix's own tariff, else its area's row. False when there is
    /// no price, which is a refusal and never a free call; <paramref name="entry"/> is then the unpriced prefix, if any, else
    /// the default.
    /// </summary>
    public bool TryPrice(E164Number called, out PriceListEntry entry, [NotNullWhen(true)] out Tariff? tariff)
    {
        var match = Prefixes.Match(called);
        entry = match.GetValueOrDefault();
        tariff = match is null ? null : entry.OwnTariff ?? _byArea[(int)entry.Area];
        return tariff is not null;
    }

    private static int Row(CallArea area) => area is >= CallArea.Area1 and <= CallArea.Area6
        ? (int)area
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"area {(int)area}: expected 1 to 6"), nameof(area));
}
