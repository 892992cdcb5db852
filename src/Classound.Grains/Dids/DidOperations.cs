using Classound.Charging.Numbering;

namespace Classound.Grains.Dids;

/// <summary>The list of unfinished operations, over its shards.</summary>
public sealed class DidOperations(IGrainFactory grains)
{
    /// <summary>Fixed for ever: it decides where an operation is listed. Spreads the writes of a bulk import.</summary>
    public const int Shards = 16;

    public Task BeginAsync(string operationId, E164Number number) => Of(number.Digits).Begin(operationId, number.Digits);

    public Task EndAsync(string operationId, E164Number number) => Of(number.Digits).End(operationId);

    /// <summary>All operations begun at or before a time.</summary>
    public async Task<IReadOnlyList<DidOperation>> ListBegunBeforeAsync(DateTimeOffset time)
    {
        var shards = await Task.WhenAll(
            Enumerable.Range(0, Shards).Select(shard => grains.GetGrain<IDidOperationsGrain>(shard).ListBegunBefore(time)));
        return [.. shards.SelectMany(operations => operations)];
    }

    private IDidOperationsGrain Of(ulong digits) => grains.GetGrain<IDidOperationsGrain>((long)(digits % Shards));
}
