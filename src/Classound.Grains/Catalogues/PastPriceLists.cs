using Classound.Charging.Rating;
using Classound.Grains.Pbxs;
using Classound.Storage;
using Microsoft.Extensions.Logging;

namespace Classound.Grains.Catalogues;

/// <summary>
/// Brings back versions that have left memory, for questions about the past: an old call that is replayed, a rating, an export. Whoever
/// asks waits for the loading; no live call does.
/// </summary>
public sealed class PastPriceLists(CatalogueCache cache, PriceListLoader loader, ILogger<PastPriceLists> log)
{
    // Who asks for five old versions in turn may push out the one that was just brought.
    private const int Attempts = 3;

    /// <summary>
    /// Has the version in force at a time in <see cref="CatalogueCache.Current"/> if it can be had; whether it is there is for
    /// <see cref="CatalogueCache.Covers"/> to say.
    /// </summary>
    /// <exception cref="ChargingUnavailableException">The store cannot be asked now.</exception>
    public async Task BringAsync(string priceListType, DateTimeOffset at, CancellationToken ct)
    {
        for (var i = 0; i < Attempts && cache.IsLoaded && !cache.Covers(priceListType, at); i++)
        {
            if (cache.Current.OutlineInForce(priceListType, at) is not { } wanted || cache.Metadata.Find(priceListType, wanted.Number) is not { } record) return;
            try
            {
                await GetAsync(record, ct);
            }
            catch (InvalidDataException e)
            {
                CatalogueLog.LoadFailed(log, record.Type, record.Number, e);
                return;
            }
        }
    }

    /// <summary>A version by its record, from memory if it is there; one that is or will be in force stays for the next who ask.</summary>
    /// <exception cref="InvalidDataException">Its content is damaged.</exception>
    /// <exception cref="ChargingUnavailableException">The store cannot be asked now.</exception>
    public async Task<PriceListVersion> GetAsync(PriceListRecord record, CancellationToken ct)
    {
        if (record.EffectiveAt is not null && cache.Current.List(record.Type, record.Number) is { } there) return there;
        try
        {
            var version = await loader.LoadAsync(record, ct);
            if (record.EffectiveAt is not null) cache.Lend(version);
            return version;
        }
        catch (StoreUnavailableException e)
        {
            throw new ChargingUnavailableException("the store does not answer; repeat the request", e);
        }
    }
}
