using Classound.Grains.Catalogues;
using Grpc.Core;

namespace Classound.Api.Provisioning;

/// <summary>
/// What a PBX names of the catalogue must be there, in the PBX's currency: otherwise it is found out when its calls are
/// refused. A version that starts later, or a draft, is enough.
/// </summary>
public sealed class PbxCatalogue(CatalogueCache cache, CatalogueRefresh refresh)
{
    /// <summary>What another silo imported a moment ago is not here before the next poll: a refusal is said only by the newest revision.</summary>
    /// <param name="check">One or more of the Refuse methods below.</param>
    /// <returns>Null = everything is there.</returns>
    public async Task<RpcException?> Refuse(Func<PbxCatalogue, RpcException?> check)
    {
        if (check(this) is null) return null;
        await refresh.PollAsync(CancellationToken.None);
        return check(this);
    }

    /// <returns>Null = there is one.</returns>
    public RpcException? RefuseList(string priceListType, string currency)
    {
        var list = Known().PriceLists.FirstOrDefault(list => list.Type == priceListType);
        if (list is null)
            return Refusal("PRICE_LIST_UNKNOWN", "price_list_type", $"There is no price list {priceListType}; import one first.");
        return list.Currency == currency ? null : Refusal(
            "CURRENCY_DIFFERS", "price_list_type", $"Price list {priceListType} is in {list.Currency}, the PBX in {currency}.");
    }

    /// <param name="planCode">Empty = no plan, which needs none.</param>
    /// <param name="priceListType">The PBX's, whose plans come first; of the right currency, by <see cref="RefuseList"/>.</param>
    /// <param name="currency">The PBX's.</param>
    /// <returns>Null = there is one.</returns>
    public RpcException? RefusePlan(string planCode, string priceListType, string currency)
    {
        var known = Known();
        if (planCode.Length == 0 || known.ListHasPlan(priceListType, planCode)) return null;
        var plan = known.Plans.FirstOrDefault(entry => entry.Plan.Code == planCode)?.Plan;
        if (plan is null)
        {
            return Refusal("PLAN_UNKNOWN", "plan_code",
                $"There is no plan {planCode} in price list {priceListType} or by itself; import a list with it, or create a version of it, first.");
        }
        return plan.Currency == currency ? null : Refusal(
            "CURRENCY_DIFFERS", "plan_code", $"Plan {planCode} is in {plan.Currency}, the PBX in {currency}.");
    }

    // Nothing loaded is not the same as nothing there.
    private CatalogueMetadata Known() =>
        cache.IsLoaded ? cache.Metadata : throw Refusals.Unavailable("The catalogue is not loaded yet; repeat the same request.");

    private static RpcException Refusal(string reason, string field, string message) =>
        Refusals.FailedPrecondition(reason, message, field);
}
