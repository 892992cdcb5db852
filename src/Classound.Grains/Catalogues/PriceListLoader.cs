using System.Collections.Concurrent;
using Classound.Charging.Rating;
using Classound.PriceLists;
using Classound.PriceLists.Stored;
using Classound.Storage;

namespace Classound.Grains.Catalogues;

/// <summary>Makes price-list versions out of stored content. Never used on the call path: it reads the store and parses.</summary>
public sealed class PriceListLoader(ILedgerStore store)
{
    private readonly ConcurrentDictionary<string, Parsed> _kept = new(StringComparer.Ordinal);

    /// <summary>
    /// The version that a record describes. With <paramref name="keep"/> its parsed content stays in memory, for the next time and
    /// for other versions of the same content.
    /// </summary>
    /// <exception cref="InvalidDataException">The content is not stored, is damaged, or cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be asked now.</exception>
    public async Task<PriceListVersion> LoadAsync(PriceListRecord record, bool keep, CancellationToken ct)
    {
        if (!_kept.TryGetValue(record.ContentSha256, out var parsed))
        {
            parsed = await ParseAsync(record, ct);
            if (keep) _kept.TryAdd(record.ContentSha256, parsed);
        }

        // A draft has no time; it is only looked at, and never in a catalogue.
        return new PriceListVersion(
            record.Type, record.Currency, record.TimeZoneId, record.Decimals, record.Number, record.EffectiveAt ?? DateTimeOffset.MaxValue,
            parsed.Content.AreaTariffs, parsed.Prefixes)
        {
            Plans = parsed.Content.Plans, DidFees = parsed.Content.DidFees, FreePhoneFees = parsed.Content.FreePhoneFees,
        };
    }

    private async Task<Parsed> ParseAsync(PriceListRecord record, CancellationToken ct)
    {
        var bytes = await store.GetContentAsync(record.ContentSha256, ct)
            ?? throw new InvalidDataException($"the content {record.ContentSha256} is not in the store");
        // A large list takes seconds; the scheduler of a grain or a poll loop should not.
        return await Task.Run(() => Parse(bytes), ct);
    }

    private static Parsed Parse(byte[] bytes)
    {
        var content = PriceListStore.Read(bytes);
        return new Parsed(content with { Entries = [] }, PrefixTable.Build(content.Entries));
    }

    /// <param name="Content">Without its entries, which are in the table.</param>
    private sealed record Parsed(PriceListContent Content, PrefixTable Prefixes);
}
