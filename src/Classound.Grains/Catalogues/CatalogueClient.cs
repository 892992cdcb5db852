using System.Security.Cryptography;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.Grains.Pbxs;
using Classound.PriceLists;
using Classound.PriceLists.Stored;
using Classound.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Catalogues;

/// <summary>What describes a price list beside its content.</summary>
/// <param name="Type">1 to 32 characters of A-Z 0-9 _</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZoneId">IANA.</param>
/// <param name="Decimals">0 to 9.</param>
/// <param name="AllowOtherIncrements">It was imported with leave for other increments than 1/1 in Areas 2 to 6 (R6).</param>
public sealed record PriceListHeader(string Type, string Currency, string TimeZoneId, int Decimals, bool AllowOtherIncrements);

/// <summary>A version to be made: a deck with prices of several dates has several.</summary>
/// <param name="EffectiveAt">Activates it from then on; null = import only.</param>
/// <param name="Content">Checked: nothing in it is refused any more.</param>
public sealed record DatedContent(DateTimeOffset? EffectiveAt, PriceListContent Content);

/// <summary>
/// The way to change and to look at the catalogue from outside it. A change is seen by this silo's <see cref="CatalogueCache"/>
/// before it is answered; other silos follow within their poll interval. Every method is safe to repeat.
/// </summary>
/// <remarks>
/// What is to be in force at once is announced first, and takes place when all silos have its content in memory: then calls go on
/// without a pause. After <see cref="CatalogueRefreshOptions.ActivationWait"/> it takes place without those who have not; they
/// refuse calls of that list until they have. What is scheduled is loaded ahead by everybody.
/// </remarks>
public sealed class CatalogueClient(
    IGrainFactory grains, ILedgerStore store, PastPriceLists past, CatalogueRefresh refresh, TimeProvider clock,
    IOptions<CatalogueRefreshOptions> options, ILogger<CatalogueClient> log)
{
    /// <summary>Silos may not have loaded ahead what is to be in force sooner.</summary>
    private static readonly TimeSpan DueSoon = TimeSpan.FromSeconds(30);

    private ICatalogueGrain Grain => grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);

    /// <summary>Makes a version of each part: all of them, or none.</summary>
    /// <param name="header">The same for all parts.</param>
    /// <param name="parts">At least one. Their effective times rise; only the first may have none.</param>
    /// <param name="ct">Honoured until the catalogue is asked.</param>
    /// <exception cref="ChargingUnavailableException">It may or may not have been imported; repeat it as it is.</exception>
    public async Task<PriceListReply> ImportAsync(PriceListHeader header, IReadOnlyList<DatedContent> parts, CancellationToken ct)
    {
        var ordered = new List<PriceListOrderPart>(parts.Count);
        // Content first: metadata must never name what is not stored. A crash between the two leaves content that nobody names.
        foreach (var part in parts) ordered.Add(await StoreAsync(part, ct));
        var order = Order(header, ordered);
        // What is refused, or was made before, keeps no silo busy and lets nobody wait. The catalogue checks again.
        if (Check(order, await DescribeAsync()) is { } known)
        {
            if (known.Refusal != CatalogueRefusal.None) return known;
        }
        else
        {
            await PrepareAsync(header.Type, [.. ordered.Where(IsDueSoon).Select(part => part.ContentSha256)], ct);
        }

        var reply = await Grain.Import(order);
        await SeeAsync(reply.Refusal, ct);
        return reply;
    }

    /// <summary>What <see cref="ImportAsync"/> would be refused for, as things are now. Nothing is stored.</summary>
    /// <param name="header">The same for all parts.</param>
    /// <param name="parts">At least one.</param>
    /// <param name="ct">Ends it at any time.</param>
    public async Task<PriceListReply> CheckAsync(PriceListHeader header, IReadOnlyList<DatedContent> parts, CancellationToken ct)
    {
        var order = Order(header, await OwnThread.RunAsync(() => parts.Select(part => Encode(part).Part).ToList(), ct));
        var metadata = await DescribeAsync();
        return Check(order, metadata) ?? new PriceListReply(CatalogueRefusal.None, [], false, metadata.Revision);
    }

    /// <summary>Null when the order can be carried out; else it is refused, or was carried out before.</summary>
    private PriceListReply? Check(PriceListOrder order, CatalogueMetadata metadata)
    {
        var (state, now) = (CatalogueState.Of(metadata), clock.GetUtcNow());
        var made = order.Parts.Select(part => CatalogueRules.FindRepeat(state, order, part, now)).ToList();
        if (made.TrueForAll(list => list is not null)) return new PriceListReply(CatalogueRefusal.None, [.. made!], true, metadata.Revision);
        var no = CatalogueRules.CheckImport(state, order, now);
        return no.Refusal == CatalogueRefusal.None ? null : new PriceListReply(no.Refusal, [], false, metadata.Revision) { Detail = no.Detail };
    }

    /// <inheritdoc cref="ICatalogueGrain.Activate"/>
    public async Task<PriceListReply> ActivateAsync(string type, int number, DateTimeOffset at, CancellationToken ct)
    {
        var (metadata, now) = (await DescribeAsync(), clock.GetUtcNow());
        if (at <= now + DueSoon && metadata.Find(type, number) is { } list && !list.IsActivatedAt(at))
        {
            // As with an import: what is refused is refused before anybody waits.
            if (CatalogueRules.CheckActivation(CatalogueState.Of(metadata), list, at, now) is { Refusal: not CatalogueRefusal.None } no)
                return new PriceListReply(no.Refusal, [], false, metadata.Revision) { Detail = no.Detail };
            await PrepareAsync(type, [list.ContentSha256], ct);
        }

        var reply = await Grain.Activate(type, number, at);
        await SeeAsync(reply.Refusal, ct);
        return reply;
    }

    /// <inheritdoc cref="ICatalogueGrain.CreatePlan"/>
    public async Task<PlanReply> CreatePlanAsync(PlanVersion plan, CancellationToken ct)
    {
        var reply = await Grain.CreatePlan(plan);
        await SeeAsync(reply.Refusal, ct);
        return reply;
    }

    /// <summary>All versions, drafts included, as they are now.</summary>
    public async Task<CatalogueMetadata> DescribeAsync() => await Grain.GetMetadata(-1) ?? CatalogueMetadata.Empty;

    /// <inheritdoc cref="PastPriceLists.GetAsync"/>
    public Task<PriceListVersion> LoadAsync(PriceListRecord record, CancellationToken ct) => past.GetAsync(record, ct);

    private bool IsDueSoon(PriceListOrderPart part) => part.EffectiveAt <= clock.GetUtcNow() + DueSoon;

    private async Task PrepareAsync(string type, IReadOnlyList<string> contents, CancellationToken ct)
    {
        if (contents.Count == 0) return;
        var started = clock.GetTimestamp();
        for (var first = true; await Grain.Prepare(contents) is { Count: > 0 } behind; first = false)
        {
            if (!first && clock.GetElapsedTime(started) is var waited && waited >= options.Value.ActivationWait)
            {
                CatalogueMetrics.SilosBehind.Add(behind.Count);
                CatalogueLog.SilosBehind(log, type, behind.Count, waited.TotalSeconds, string.Join(", ", behind));
                return;
            }

            if (!first) await Task.Delay(options.Value.PreparePause, clock, ct);
            // This silo follows too, and need not wait for its next poll.
            await RefreshAsync(token => refresh.RefreshAsync(token).WaitAsync(options.Value.ActivationWait, clock, token), ct);
        }
    }

    private async Task<PriceListOrderPart> StoreAsync(DatedContent content, CancellationToken ct)
    {
        var (part, bytes) = await OwnThread.RunAsync(() => Encode(content), ct);
        await Storing(() => store.PutContentAsync(part.ContentSha256, bytes, ct));
        return part;
    }

    private static (PriceListOrderPart Part, byte[] Bytes) Encode(DatedContent part)
    {
        var bytes = PriceListStore.Write(part.Content);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return (new PriceListOrderPart(sha256, part.Content.Entries.Count, part.EffectiveAt, part.Content.Plans), bytes);
    }

    private static PriceListOrder Order(PriceListHeader header, IReadOnlyList<PriceListOrderPart> parts) => new()
    {
        Type = header.Type,
        Currency = header.Currency,
        TimeZoneId = header.TimeZoneId,
        Decimals = header.Decimals,
        AllowOtherIncrements = header.AllowOtherIncrements,
        Parts = parts,
    };

    private Task SeeAsync(CatalogueRefusal refusal, CancellationToken ct) =>
        refusal == CatalogueRefusal.None ? RefreshAsync(refresh.PollAsync, ct) : Task.CompletedTask;

    private async Task RefreshAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // The next poll brings it: no reason to tell the caller that his change failed.
            CatalogueLog.PollFailed(log, e);
        }
    }

    private static Task<bool> Storing(Func<Task> work) => Storing(async () =>
    {
        await work();
        return true;
    });

    private static async Task<T> Storing<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreOutcomeUnknownException)
        {
            throw new ChargingUnavailableException("the store does not answer; repeat the request", e);
        }
    }
}
