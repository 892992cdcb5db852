using System.Globalization;
using Classound.Charging.Allowances;

namespace Classound.Grains.Catalogues;

/// <summary>What the catalogue refuses. Pure: the state as it is, the change that is wanted, and the time.</summary>
internal static class CatalogueRules
{
    /// <summary>How far in the past an activation still counts as "now": clocks differ, and requests travel.</summary>
    public static readonly TimeSpan PastTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Most price-list versions. Every silo gets all their metadata with each change: some 300 bytes of each.</summary>
    public const int MaxVersions = 10_000;

    /// <summary>Most plans, those of price lists and others together, of each content once: some 200 bytes of each travel with the metadata.</summary>
    public const int MaxPlans = 50_000;

    public static (CatalogueRefusal Refusal, string Detail) CheckImport(CatalogueState state, PriceListOrder order, DateTimeOffset now)
    {
        if (CheckSize(state, order.Parts.Count, NewSheets(state, order).Sum(sheet => sheet.Plans.Count)) is { Refusal: not CatalogueRefusal.None } full)
            return full;
        if (state.PriceLists.Find(list => list.Type == order.Type) is { } first)
        {
            if (first.Currency != order.Currency)
                return (CatalogueRefusal.CurrencyDiffers, $"price list {order.Type} is in {first.Currency}, not {order.Currency}");
            if (first.TimeZoneId != order.TimeZoneId)
                return (CatalogueRefusal.TimeZoneDiffers, $"price list {order.Type} is in zone {first.TimeZoneId}, not {order.TimeZoneId}");
        }

        if (CheckTimes(state, order, now) is { Refusal: not CatalogueRefusal.None } no) return no;
        var number = state.PriceLists.Count(list => list.Type == order.Type);
        var made = order.Parts.Select(part => FindRepeat(state, order, part, now) ?? NewVersion(state, order, part, ++number, now)).ToList();
        return PlanSales.Check(
            [.. state.PriceLists.Except(made), .. made], made.Except(state.PriceLists), [.. state.PlanSheets, .. NewSheets(state, order)], state.Plans, now);
    }

    private static (CatalogueRefusal Refusal, string Detail) CheckTimes(CatalogueState state, PriceListOrder order, DateTimeOffset now)
    {
        DateTimeOffset? previous = null;
        foreach (var part in order.Parts)
        {
            if (part != order.Parts[0] && (part.EffectiveAt is null || part.EffectiveAt <= previous))
                return (CatalogueRefusal.TimesDoNotRise, Say($"a part takes effect at {part.EffectiveAt:O}, not after the one before it, {previous:O}"));
            previous = part.EffectiveAt;
            // What was made before priced its time itself.
            if (previous is not { } at || FindRepeat(state, order, part, now) is not null) continue;
            if (CheckPast(state, order.Type, number: 0, at, now) is { Refusal: not CatalogueRefusal.None } no) return no;
        }

        return default;
    }

    /// <summary>
    /// The version that an order was answered with before; null = none. Without a time, one that was in force and is not any more does
    /// not count: who imports the old file again means to go back to it.
    /// </summary>
    public static PriceListRecord? FindRepeat(CatalogueState state, PriceListOrder order, PriceListOrderPart part, DateTimeOffset now) =>
        state.PriceLists.Find(list => order.IsRepeatOf(list, part) && (part.EffectiveAt is not null || !IsSuperseded(state, list, now)));

    private static bool IsSuperseded(CatalogueState state, PriceListRecord list, DateTimeOffset now) =>
        list.EffectiveAt <= now && state.PriceLists.Exists(other => other.Type == list.Type && other.EffectiveAt <= now
            && (other.EffectiveAt > list.EffectiveAt || (other.EffectiveAt == list.EffectiveAt && other.Number > list.Number)));

    public static PriceListRecord NewVersion(CatalogueState state, PriceListOrder order, PriceListOrderPart part, int number, DateTimeOffset now)
    {
        var made = new PriceListRecord
        {
            Type = order.Type,
            Number = number,
            Currency = order.Currency,
            TimeZoneId = order.TimeZoneId,
            Decimals = order.Decimals,
            AllowOtherIncrements = order.AllowOtherIncrements,
            ContentSha256 = part.ContentSha256,
            Prefixes = part.Prefixes,
            ImportedAt = now,
            RequestedEffectiveAt = part.EffectiveAt,
        };
        return part.EffectiveAt is { } at ? Activated(state, made, at, now) : made;
    }

    /// <summary>
    /// What is asked for the minute just past begins now where another version was in force: it has priced that minute, and months that
    /// began in it have their plans from it.
    /// </summary>
    private static DateTimeOffset TimeInForce(CatalogueState state, string type, int number, DateTimeOffset at, DateTimeOffset now) =>
        at <= now && at >= now - PastTolerance && InForce(state, type, number, at) is not null ? now : at;

    private static PriceListRecord? InForce(CatalogueState state, string type, int number, DateTimeOffset at) =>
        state.PriceLists.Find(list => list.Type == type && list.Number != number && list.EffectiveAt <= at);

    /// <summary>Plans of contents that the catalogue has not heard of.</summary>
    public static IEnumerable<PlanSheetRecord> NewSheets(CatalogueState state, PriceListOrder order) => order.Parts
        .Where(part => part.Plans.Count > 0 && !state.PlanSheets.Exists(sheet => sheet.ContentSha256 == part.ContentSha256))
        .DistinctBy(part => part.ContentSha256)
        .Select(part => PlanSheetRecord.Of(part.ContentSha256, part.Plans));

    private static (CatalogueRefusal Refusal, string Detail) CheckSize(CatalogueState state, int versions, int plans) =>
        state.PriceLists.Count + versions > MaxVersions
            ? (CatalogueRefusal.CatalogueFull, Say($"there are {state.PriceLists.Count} price-list versions; at most {MaxVersions} are kept"))
        : state.Plans.Count + state.PlanSheets.Sum(sheet => sheet.Plans.Count) + plans > MaxPlans
            ? (CatalogueRefusal.CatalogueFull, Say($"the price lists and plan versions would have more than {MaxPlans} plans"))
        : default;

    /// <summary>A version as an activation makes it.</summary>
    public static PriceListRecord Activated(CatalogueState state, PriceListRecord list, DateTimeOffset at, DateTimeOffset now)
    {
        var begins = TimeInForce(state, list.Type, list.Number, at, now);
        return list with { EffectiveAt = begins, AskedEffectiveAt = begins == at ? null : at };
    }

    public static (CatalogueRefusal Refusal, string Detail) CheckActivation(
        CatalogueState state, PriceListRecord list, DateTimeOffset at, DateTimeOffset now)
    {
        if (list.EffectiveAt is { } was && (was <= now || at < now - PastTolerance))
        {
            return (CatalogueRefusal.AlreadyActivated,
                Say($"version {list.Number} of {list.Type} is activated from {was:O}; it can be moved only before that, and not into the past"));
        }

        if (CheckPast(state, list.Type, list.Number, at, now) is { Refusal: not CatalogueRefusal.None } past) return past;
        var activated = Activated(state, list, at, now);
        if (state.PriceLists.Find(other => other.Type == list.Type && other.Number > list.Number && other.EffectiveAt == activated.EffectiveAt) is { } higher)
        {
            return (CatalogueRefusal.TimeTaken,
                Say($"version {higher.Number} of {list.Type} is in force from {at:O} on; version {list.Number} never would be"));
        }

        return PlanSales.Check([.. state.PriceLists.Where(other => other != list), activated], [activated], state.PlanSheets, state.Plans, now);
    }

    /// <param name="number">The version to activate, which does not stand in its own way; 0 = one that is not there yet.</param>
    private static (CatalogueRefusal Refusal, string Detail) CheckPast(
        CatalogueState state, string type, int number, DateTimeOffset at, DateTimeOffset now) =>
        at < now - PastTolerance && InForce(state, type, number, at) is { } priced
            ? (CatalogueRefusal.PastIsPriced,
                Say($"{at:O} is in the past; version {priced.Number} of {type}, in force since {priced.EffectiveAt:O}, priced that time"))
            : default;

    public static (CatalogueRefusal Refusal, string Field, string Detail) CheckPlan(CatalogueState state, PlanVersion plan)
    {
        if (CheckSize(state, versions: 0, plans: 1) is { Refusal: not CatalogueRefusal.None } full) return (full.Refusal, "", full.Detail);
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
