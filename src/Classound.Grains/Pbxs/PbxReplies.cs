using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Grains.Pbxs;

/// <summary>What a call would get: whether it may be placed, and what the given duration would cost now.</summary>
public sealed record PbxQuote
{
    /// <summary>Null = it would be granted.</summary>
    public Denial? Denial { get; init; }
    public CallPricing? Pricing { get; init; }

    /// <summary>Longest call that allowance, caps and limits afford now, in seconds.</summary>
    public int MaximumSeconds { get; init; }

    /// <summary>Included seconds free to this call now.</summary>
    public int AvailableIncludedSeconds { get; init; }
    public CallRating? Rating { get; init; }
    public required DateTimeOffset At { get; init; }
    public string Currency { get; init; } = "";
}

public sealed record PbxDescription(PbxSettings Settings, PbxStatus Status, IReadOnlyList<string> UserIds, int DidCount);

/// <summary>A provisioning change was made, or refused with the reason. Carries the PBX as it is now.</summary>
public sealed record ProvisioningReply(ProvisioningRefusal Refusal, PbxDescription? Pbx)
{
    /// <summary>Where <see cref="Refusal"/> is PbxExists: the first field that differs.</summary>
    public string DifferingField { get; init; } = "";
}

/// <summary>Fields to change; null = leave as it is.</summary>
public sealed record PbxUpdate
{
    public string? Name { get; init; }
    public string? Country { get; init; }
    public string? PlanCode { get; init; }
    public string? PriceListType { get; init; }
    public PbxState? State { get; init; }
    public LimitsChange? Limits { get; init; }

    public PbxSettings ApplyTo(PbxSettings settings) => settings with
    {
        Name = Name ?? settings.Name,
        Country = Country ?? settings.Country,
        PlanCode = PlanCode ?? settings.PlanCode,
        PriceListType = PriceListType ?? settings.PriceListType,
        State = State ?? settings.State,
        Limits = Limits?.ApplyTo(settings.Limits) ?? settings.Limits,
    };
}
