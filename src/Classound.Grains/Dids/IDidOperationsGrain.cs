using Classound.Grains.Pbxs;

namespace Classound.Grains.Dids;

/// <summary>
/// The operations on numbers that were begun and are not known to be finished (key = shard, 0 to <see cref="DidOperations.Shards"/>
/// - 1): where the sweep finds what a crash left. Noted before the first step, struck off after the last.
/// </summary>
[Alias("classound.did-operations")]
public interface IDidOperationsGrain : IGrainWithIntegerKey
{
    /// <exception cref="ChargingUnavailableException">It may or may not be stored.</exception>
    [Alias("begin"), ResponseTimeout("00:00:05")]
    Task Begin(string operationId, ulong digits);

    /// <summary>Strikes an operation off; one that is not there is no error.</summary>
    /// <exception cref="ChargingUnavailableException">It may or may not be stored.</exception>
    [Alias("end"), ResponseTimeout("00:00:05")]
    Task End(string operationId);

    /// <summary>Operations begun at or before a time, oldest first.</summary>
    [Alias("list"), ResponseTimeout("00:00:05")]
    Task<IReadOnlyList<DidOperation>> ListBegunBefore(DateTimeOffset time);
}

/// <summary>An operation on a number.</summary>
public sealed record DidOperation
{
    public string Id { get; init; } = "";
    public ulong Digits { get; init; }
    public DateTimeOffset BegunAt { get; init; }
}
