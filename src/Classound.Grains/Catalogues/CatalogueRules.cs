using System.Globalization;
using Classound.Charging.Allowances;

namespace Classound.Grains.Catalogues;

/// <summary>What the catalogue refuses. Pure: the state as it is, the change that is wanted, and the time.</summary>
internal static class CatalogueRules
{
    /// <summary>How far in the past an activation still counts as "now": clocks differ, and requests travel.</summary>
    public static readonly TimeSpan PastTolerance = TimeSpan.FromMinutes(1);

    public static (CatalogueRefusal Refusal, string Detail) CheckImport(CatalogueState state, PriceListOrder order, DateTimeOffset now)
    {
        if (state.PriceLists.Find(list => list.Type == order.Type) is { } first)
        {
            if (first.Currency != order.Currency)
                return (CatalogueRefusal.CurrencyDiffers, $"price list {order.Type} is in {first.Currency}, not {order.Currency}");
            if (first.TimeZoneId != order.TimeZoneId)
                return (CatalogueRefusal.TimeZoneDiffers, $"price list {order.Type} is in zone {first.TimeZoneId}, not {order.TimeZoneId}");
        }

        return order.EffectiveAt is { } at ? CheckActivation(state, order.Type, number: 0, at, now) : default;
    }

    /// <param name="number">The version to activate, which does not stand in its own way; 0 = one that is not there yet.</param>
    public static (CatalogueRefusal Refusal, string Detail) CheckActivation(
        CatalogueState state, string type, int number, DateTimeOffset at, DateTimeOffset now)
    {
        if (at >= now - PastTolerance) return default;
        var priced = state.PriceLists.Find(list => list.Type == type && list.Number != number && list.EffectiveAt <= at);
        return priced is null
            ? default
            : (CatalogueRefusal.PastIsPriced,
                Say($"{at:O} is in the past; version {priced.Number} of {type}, in force since {priced.EffectiveAt:O}, priced that time"));
    }

    public static (CatalogueRefusal Refusal, string Detail) CheckMove(PriceListRecord list, DateTimeOffset at, DateTimeOffset now) =>
        list.EffectiveAt is { } was && (was <= now || at <= now)
            ? (CatalogueRefusal.AlreadyActivated,
                Say($"version {list.Number} of {list.Type} is activated from {was:O}; it can be moved only while both times lie ahead"))
            : default;

    public static (CatalogueRefusal Refusal, string Field, string Detail) CheckPlan(CatalogueState state, PlanVersion plan)
    {
        foreach (var existing in state.Plans.Where(record => record.Code == plan.Code).Select(record => record.ToPlan()))
        {
            if (existing.EffectiveFrom == plan.EffectiveFrom && DifferingField(existing, plan) is { } field)
                return (CatalogueRefusal.PlanDiffers, field, $"plan {plan.Code} has a version of this date with another {field}");
            if (existing.Currency != plan.Currency)
            {
                return (CatalogueRefusal.PlanCurrencyDiffers, "currency_code",
                    $"plan {plan.Code} is in {existing.Currency}, not {plan.Currency}");
            }
        }

        return default;
    }

    /// <summary>Name in the API of the first field that differs; null when none does.</summary>
    private static string? DifferingField(PlanVersion existing, PlanVersion wanted) =>
        existing.Term != wanted.Term ? "term"
        : existing.MinutesPerUser != wanted.MinutesPerUser ? "minutes_per_user"
        : existing.Sharing != wanted.Sharing ? "sharing"
        : existing.Currency != wanted.Currency ? "currency_code"
        : existing != wanted ? "bands"
        : null;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
