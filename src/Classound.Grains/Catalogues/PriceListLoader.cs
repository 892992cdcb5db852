using System.Collections.Concurrent;
using Classound.Charging.Rating;
using Classound.PriceLists;
using Classound.PriceLists.Stored;
using Classound.Storage;

namespace Classound.Grains.Catalogues;

/// <summary>
/// Makes price-list versions out of stored content, and keeps what it is told to keep. Never used on the call path. Contents are
/// decoded one at a time of each queue, on a thread of their own: a million prefixes take seconds, and neither a grain nor the thread pool,
/// where calls are answered, should be without a thread meanwhile. What is only asked for has a queue of its own: what calls need must
/// not wait behind questions about the past.
/// </summary>
public sealed class PriceListLoader(ILedgerStore store) : IDisposable
{
    private readonly ConcurrentDictionary<string, Parsed> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Sha256, bool ToKeep), Task<Parsed>> _loading = [];
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _keeping = new(1);
    private readonly SemaphoreSlim _asking = new(1);

    /// <summary>Whether the content is kept.</summary>
    public bool Has(string sha256) => _kept.ContainsKey(sha256);

    /// <summary>Loads a content and keeps it, for all versions that have it.</summary>
    /// <exception cref="InvalidDataException">The content is not stored, is damaged, or cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be asked now.</exception>
    public async Task KeepAsync(string sha256, CancellationToken ct) => _kept[sha256] = await ReadAsync(sha256, toKeep: true, ct);

    /// <summary>Lets go of what is not among these; versions made of it live on with whoever has them.</summary>
    public void KeepOnly(IReadOnlySet<string> contents)
    {
        foreach (var sha256 in _kept.Keys)
            if (!contents.Contains(sha256)) _kept.TryRemove(sha256, out _);
    }

    /// <summary>The version that a record describes, if its content is kept.</summary>
    public PriceListVersion? Kept(PriceListRecord record) =>
        _kept.TryGetValue(record.ContentSha256, out var parsed) ? Version(record, parsed) : null;

    /// <summary>The version that a record describes, loaded for this caller where its content is not kept.</summary>
    /// <inheritdoc cref="KeepAsync" path="/exception"/>
    public async Task<PriceListVersion> LoadAsync(PriceListRecord record, CancellationToken ct) =>
        Version(record, await ReadAsync(record.ContentSha256, toKeep: false, ct));

    public void Dispose()
    {
        _keeping.Dispose();
        _asking.Dispose();
    }

    // A draft has no time; it is only looked at, and never in a catalogue.
    private static PriceListVersion Version(PriceListRecord record, Parsed parsed) => new(
        record.Type, record.Currency, record.TimeZoneId, record.Decimals, record.Number, record.EffectiveAt ?? DateTimeOffset.MaxValue,
        parsed.Content.AreaTariffs, parsed.Prefixes)
    {
        Plans = parsed.Content.Plans,
        DidFees = parsed.Content.DidFees,
        FreePhoneFees = parsed.Content.FreePhoneFees,
    };

    /// <summary>Whoever asks for a content that is being loaded waits for the same loading, unless it stands in the queue for the past.</summary>
    private Task<Parsed> ReadAsync(string sha256, bool toKeep, CancellationToken ct)
    {
        Task<Parsed>? loading;
        lock (_gate)
        {
            if (_kept.TryGetValue(sha256, out var kept)) return Task.FromResult(kept);
            if (!_loading.TryGetValue((sha256, true), out loading) && (toKeep || !_loading.TryGetValue((sha256, false), out loading)))
            {
                // Not the caller's token, nor its scheduler: others wait for it too.
                loading = Task.Run(() => ReadAsync(sha256, toKeep), CancellationToken.None);
                _loading[(sha256, toKeep)] = loading;
            }
        }

        return loading.WaitAsync(ct);
    }

    private async Task<Parsed> ReadAsync(string sha256, bool toKeep)
    {
        var queue = toKeep ? _keeping : _asking;
        await queue.WaitAsync();
        try
        {
            var bytes = await store.GetContentAsync(sha256, CancellationToken.None)
                ?? throw new InvalidDataException($"the content {sha256} is not in the store");
            return await OwnThread.RunAsync(() => Parse(bytes), CancellationToken.None);
        }
        finally
        {
            queue.Release();
            lock (_gate) _loading.Remove((sha256, toKeep));
        }
    }

    private static Parsed Parse(byte[] bytes)
    {
        var content = PriceListStore.Read(bytes);
        return new Parsed(content with { Entries = [] }, PrefixTable.Build(content.Entries));
    }

    /// <param name="Content">Without its entries, which are in the table.</param>
    private sealed record Parsed(PriceListContent Content, PrefixTable Prefixes);
}
