using System.Globalization;

namespace Classound.Grains.Catalogues;

/// <summary>
/// A PBX opens each month by the version then in force: a plan that it no longer sells would leave every PBX of that plan without one.
/// </summary>
internal static class PlanSales
{
    private const int MostNamed = 10;

    /// <summary>Refuses versions that do not sell what the version before them sells.</summary>
    /// <param name="lists">All versions as they would be, <paramref name="changed"/> among them.</param>
    /// <param name="changed">Versions of one type that are made or activated.</param>
    /// <param name="sheets">Plans by content, theirs included.</param>
    /// <param name="plans">Plan versions of their own, which may take a list's place.</param>
    public static (CatalogueRefusal Refusal, string Detail) Check(
        IReadOnlyList<PriceListRecord> lists, IEnumerable<PriceListRecord> changed, IReadOnlyList<PlanSheetRecord> sheets,
        IReadOnlyList<PlanRecord> plans, DateTimeOffset now)
    {
        var touched = changed.Where(list => list.EffectiveAt is not null).ToHashSet();
        if (touched.Count == 0) return default;
        var type = touched.First().Type;
        PriceListRecord? before = null;
        foreach (var list in lists.Where(list => list.Type == type && list.EffectiveAt is not null).OrderBy(list => list.EffectiveAt).ThenBy(list => list.Number))
        {
            // Versions that are in force already have opened their months; what was imported before this rule stays.
            if (before is not null && (touched.Contains(list) || (touched.Contains(before) && list.EffectiveAt > now)))
            {
                if (Unsold(before, list, sheets, plans) is { Count: > 0 } codes) return (CatalogueRefusal.PlanNotSold, Detail(before, list, codes));
            }

            before = list;
        }

        return default;
    }

    private static List<string> Unsold(
        PriceListRecord before, PriceListRecord after, IReadOnlyList<PlanSheetRecord> sheets, IReadOnlyList<PlanRecord> plans)
    {
        var from = after.EffectiveAt!.Value.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var own = plans.Where(plan => plan.Currency == after.Currency && string.CompareOrdinal(plan.EffectiveFrom, from) <= 0).Select(plan => plan.Code);
        return [.. Codes(before, sheets).Except([.. Codes(after, sheets), .. own], StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Codes(PriceListRecord list, IReadOnlyList<PlanSheetRecord> sheets) =>
        sheets.FirstOrDefault(sheet => sheet.ContentSha256 == list.ContentSha256)?.Plans.Select(plan => plan.Code) ?? [];

    private static string Detail(PriceListRecord before, PriceListRecord after, List<string> codes)
    {
        var named = string.Join(", ", codes.Take(MostNamed)) + (codes.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {codes.Count - MostNamed} more") : "");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"version {before.Number} of {before.Type} sells {named}; the version in force from {after.EffectiveAt:O} on does not, and its PBXs would be without a plan: add the plans to it, or create them on their own");
    }
}
