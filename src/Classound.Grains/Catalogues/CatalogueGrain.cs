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

    private CatalogueFollowers _followers = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _followers = new CatalogueFollowers(clock);
        Publish();
        return Task.CompletedTask;
    }

    public Task<CatalogueMetadata?> GetMetadata(long knownRevision) =>
        Task.FromResult(knownRevision == _published.Revision ? null : _published);

    public Task<CatalogueNews> Follow(FollowerReport report) => Task.FromResult(new CatalogueNews(
        report.Revision == _published.Revision ? null : _published, _followers.Hear(report)));

    public Task<IReadOnlyList<string>> Prepare(IReadOnlyList<string> contents) => Task.FromResult(_followers.Announce(contents));

    public async Task<PriceListReply> Import(PriceListOrder order)
    {
        var lists = stored.State.PriceLists;
        var now = clock.GetUtcNow();
        var known = order.Parts.Select(part => CatalogueRules.FindRepeat(stored.State, order, part, now)).OfType<PriceListRecord>().ToList();
        if (known.Count == order.Parts.Count) return new PriceListReply(CatalogueRefusal.None, known, true, stored.State.Revision);
        if (CatalogueRules.CheckImport(stored.State, order, now) is { Refusal: not CatalogueRefusal.None } no) return Refused(no);
        var made = new List<PriceListRecord>(order.Parts.Count);
        var number = lists.Count(other => other.Type == order.Type);
        foreach (var part in order.Parts)
            made.Add(known.Find(list => order.IsRepeatOf(list, part)) ?? CatalogueRules.NewVersion(stored.State, order, part, ++number, now));
        var added = made.Except(known).ToList();
        await Store([.. lists, .. added], stored.State.Plans, [.. stored.State.PlanSheets, .. CatalogueRules.NewSheets(stored.State, order)]);
        foreach (var list in added) CatalogueLog.Imported(log, list.Type, list.Number, list.Prefixes, list.EffectiveAt);
        return new PriceListReply(CatalogueRefusal.None, made, false, stored.State.Revision);
    }

    public async Task<PriceListReply> Activate(string type, int number, DateTimeOffset at)
    {
        var lists = stored.State.PriceLists;
        var index = lists.FindIndex(other => other.Type == type && other.Number == number);
        if (index < 0) return Refused((CatalogueRefusal.VersionUnknown, $"price list {type} has no such version"));
        var list = lists[index];
        if (list.IsActivatedAt(at)) return new PriceListReply(CatalogueRefusal.None, [list], true, stored.State.Revision);
        var now = clock.GetUtcNow();
        if (CatalogueRules.CheckActivation(stored.State, list, at, now) is { Refusal: not CatalogueRefusal.None } no) return Refused(no);
        list = CatalogueRules.Activated(stored.State, list, at, now);
        await Store([.. lists[..index], list, .. lists[(index + 1)..]], stored.State.Plans, stored.State.PlanSheets);
        CatalogueLog.Activated(log, type, number, list.EffectiveAt!.Value);
        return new PriceListReply(CatalogueRefusal.None, [list], false, stored.State.Revision);
    }

    public async Task<PlanReply> CreatePlan(PlanVersion plan)
    {
        if (CatalogueRules.CheckPlan(stored.State, plan) is { Refusal: not CatalogueRefusal.None } no)
            return new PlanReply(no.Refusal, null, false, stored.State.Revision) { Field = no.Field, Detail = no.Detail };
        var repeated = Find(plan) is not null;
        if (!repeated)
        {
            await Store(stored.State.PriceLists, [.. stored.State.Plans, PlanRecord.Of(plan, clock.GetUtcNow())], stored.State.PlanSheets);
            CatalogueLog.PlanCreated(log, plan.Code, plan.EffectiveFrom);
        }

        return new PlanReply(CatalogueRefusal.None, Find(plan), repeated, stored.State.Revision);
    }

    private PlanEntry? Find(PlanVersion plan) => _published.Plans.FirstOrDefault(entry => entry.Plan == plan);

    private PriceListReply Refused((CatalogueRefusal Refusal, string Detail) no) =>
        new(no.Refusal, [], false, stored.State.Revision) { Detail = no.Detail };

    private async Task Store(List<PriceListRecord> lists, List<PlanRecord> plans, List<PlanSheetRecord> sheets)
    {
        var before = stored.State;
        stored.State = new CatalogueState { Revision = before.Revision + 1, PriceLists = lists, Plans = plans, PlanSheets = sheets };
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
            [.. plans])
        {
            PlanSheets = stored.State.PlanSheets.ToDictionary(
                sheet => sheet.ContentSha256, IReadOnlyList<PlanOffer> (sheet) => [.. sheet.Plans.Select(plan => plan.ToOffer())], StringComparer.Ordinal),
        };
    }
}
