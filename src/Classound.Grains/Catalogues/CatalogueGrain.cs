using Classound.Charging.Allowances;
using Classound.Grains.Pbxs;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classound.Grains.Catalogues;

/// <inheritdoc cref="ICatalogueGrain"/>
[GrainType("catalogue")]
public sealed class CatalogueGrain(
    [PersistentState("catalogue", GrainStorageNames.Classound)] IPersistentState<CatalogueState> stored,
    TimeProvider clock, ILogger<CatalogueGrain> log) : Grain, ICatalogueGrain
{
    // What readers get: they interleave with a write, and must not see what is not durable yet.
    private CatalogueMetadata _published = CatalogueMetadata.Empty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Publish();
        return Task.CompletedTask;
    }

    public Task<CatalogueMetadata?> GetMetadata(long knownRevision) =>
        Task.FromResult(knownRevision == _published.Revision ? null : _published);

    public async Task<PriceListReply> Import(PriceListOrder order)
    {
        var lists = stored.State.PriceLists;
        if (lists.Find(order.IsRepeatOf) is { } made) return new PriceListReply(CatalogueRefusal.None, made, true, stored.State.Revision);
        var now = clock.GetUtcNow();
        if (CatalogueRules.CheckImport(stored.State, order, now) is { Refusal: not CatalogueRefusal.None } no) return Refused(no);
        var list = new PriceListRecord
        {
            Type = order.Type,
            Number = lists.Count(other => other.Type == order.Type) + 1,
            Currency = order.Currency,
            TimeZoneId = order.TimeZoneId,
            Decimals = order.Decimals,
            AllowOtherIncrements = order.AllowOtherIncrements,
            ContentSha256 = order.ContentSha256,
            Prefixes = order.Prefixes,
            ImportedAt = now,
            RequestedEffectiveAt = order.EffectiveAt,
            EffectiveAt = order.EffectiveAt,
        };
        await Store([.. lists, list], stored.State.Plans);
        CatalogueLog.Imported(log, list.Type, list.Number, list.Prefixes, list.EffectiveAt);
        return new PriceListReply(CatalogueRefusal.None, list, false, stored.State.Revision);
    }

    public async Task<PriceListReply> Activate(string type, int number, DateTimeOffset at)
    {
        var lists = stored.State.PriceLists;
        var index = lists.FindIndex(other => other.Type == type && other.Number == number);
        if (index < 0) return Refused((CatalogueRefusal.VersionUnknown, $"price list {type} has no such version"));
        var list = lists[index];
        if (list.EffectiveAt == at) return new PriceListReply(CatalogueRefusal.None, list, true, stored.State.Revision);
        var now = clock.GetUtcNow();
        if (CatalogueRules.CheckMove(list, at, now) is { Refusal: not CatalogueRefusal.None } moved) return Refused(moved);
        if (CatalogueRules.CheckActivation(stored.State, type, number, at, now) is { Refusal: not CatalogueRefusal.None } no)
            return Refused(no);
        list = list with { EffectiveAt = at };
        await Store([.. lists[..index], list, .. lists[(index + 1)..]], stored.State.Plans);
        CatalogueLog.Activated(log, type, number, at);
        return new PriceListReply(CatalogueRefusal.None, list, false, stored.State.Revision);
    }

    public async Task<PlanReply> CreatePlan(PlanVersion plan)
    {
        if (CatalogueRules.CheckPlan(stored.State, plan) is { Refusal: not CatalogueRefusal.None } no)
            return new PlanReply(no.Refusal, null, false, stored.State.Revision) { Field = no.Field, Detail = no.Detail };
        var repeated = Find(plan) is not null;
        if (!repeated)
        {
            await Store(stored.State.PriceLists, [.. stored.State.Plans, PlanRecord.Of(plan, clock.GetUtcNow())]);
            CatalogueLog.PlanCreated(log, plan.Code, plan.EffectiveFrom);
        }

        return new PlanReply(CatalogueRefusal.None, Find(plan), repeated, stored.State.Revision);
    }

    private PlanEntry? Find(PlanVersion plan) => _published.Plans.FirstOrDefault(entry => entry.Plan == plan);

    private PriceListReply Refused((CatalogueRefusal Refusal, string Detail) no) =>
        new(no.Refusal, null, false, stored.State.Revision) { Detail = no.Detail };

    private async Task Store(List<PriceListRecord> lists, List<PlanRecord> plans)
    {
        var before = stored.State;
        stored.State = new CatalogueState { Revision = before.Revision + 1, PriceLists = lists, Plans = plans };
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception e)
        {
            // It may be stored nevertheless: the next activation reads what is true. The cause stays in the log: a provider's
            // exception would not cross to another silo.
            stored.State = before;
            DeactivateOnIdle();
            CatalogueLog.WriteFailed(log, e);
            throw new ChargingUnavailableException("the catalogue cannot be stored now; repeat the request");
        }

        Publish();
    }

    private void Publish()
    {
        var plans = stored.State.Plans.Select(record => (Plan: record.ToPlan(), record.CreatedAt))
            .GroupBy(plan => plan.Plan.Code, StringComparer.Ordinal).OrderBy(code => code.Key, StringComparer.Ordinal)
            .SelectMany(code => code.OrderBy(plan => plan.Plan.EffectiveFrom)
                .Select((plan, i) => new PlanEntry(plan.Plan, i + 1, plan.CreatedAt)));
        _published = new CatalogueMetadata(
            stored.State.Revision,
            [.. stored.State.PriceLists.OrderBy(list => list.Type, StringComparer.Ordinal).ThenBy(list => list.Number)],
            [.. plans]);
    }
}
