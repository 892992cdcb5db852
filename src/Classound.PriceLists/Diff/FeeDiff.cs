using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Diff;

/// <summary>What differs between plans and fees: a few hundred rows at most.</summary>
internal static class FeeDiff
{
    public static IEnumerable<PriceListChange> Plans(IReadOnlyList<PlanOffer> before, IReadOnlyList<PlanOffer> after) =>
        Between(PriceListPart.Plan, before, after, plan => plan.Code, DiffText.Of, _ => null);

    public static IEnumerable<PriceListChange> Dids(IReadOnlyList<DidFee> before, IReadOnlyList<DidFee> after) =>
        Between(PriceListPart.DidFee, before, after, fee => $"{fee.Country} {fee.Kind}", DiffText.Of, _ => null);

    public static IEnumerable<PriceListChange> FreePhones(IReadOnlyList<FreePhoneFee> before, IReadOnlyList<FreePhoneFee> after) =>
        Between(PriceListPart.FreePhoneFee, before, after, fee => fee.Country, DiffText.Of, DearestMinute);

    private static IEnumerable<PriceListChange> Between<T>(
        PriceListPart part, IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> key, Func<T, string> text, Func<T, Amount?> price)
        where T : class
    {
        var was = before.ToDictionary(key, StringComparer.Ordinal);
        var becomes = after.ToDictionary(key, StringComparer.Ordinal);
        foreach (var at in was.Keys.Union(becomes.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, now) = (was.GetValueOrDefault(at), becomes.GetValueOrDefault(at));
            if (Equals(old, now)) continue;
            yield return new PriceListChange(
                part, at, "", old is null ? "" : text(old), now is null ? "" : text(now), old is null ? null : price(old), now is null ? null : price(now));
        }
    }

    private static Amount? DearestMinute(FreePhoneFee fee) =>
        new[] { fee.Fixed, fee.Mobile, fee.Payphone }.Max();
}
