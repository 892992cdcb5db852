using Classound.Storage;
using Microsoft.Extensions.Logging;

namespace Classound.Grains.Pbxs;

/// <summary>
/// The last version of each PBX that this silo knows was stored. It outlives activations: one that fails with its store, or is put
/// away, would take along the only knowledge by which the next could tell that the store came back with less.
/// </summary>
/// <remarks>
/// Of this silo only: what another one stored and lost again it never saw. Bounded: what was learned of first is dropped first,
/// and learned again at the PBX's next commit. Some 250 bytes for each PBX.
/// </remarks>
public sealed class KnownVersions
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, LedgerVersion> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly int _capacity;

    public KnownVersions()
        : this(100_000)
    {
    }

    /// <param name="capacity">PBXs that are remembered, at least 1.</param>
    public KnownVersions(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>Taken before the store is asked: what is learned meanwhile must not be held against an older answer.</summary>
    public LedgerVersion? Of(string pbxId)
    {
        lock (_turn) return _known.GetValueOrDefault(pbxId) is { IsValid: true } known ? known : null;
    }

    /// <summary>A commit was acknowledged.</summary>
    public void Stored(string pbxId, LedgerVersion version)
    {
        lock (_turn)
        {
            // A late word of an activation that is long replaced takes nothing back.
            if (!_known.TryGetValue(pbxId, out var known) || version.MayFollow(known)) Keep(pbxId, version);
        }
    }

    /// <summary>Judges what was found stored, and learns it. What was lost is said once, and gone on with.</summary>
    /// <param name="log">Where the alarm goes.</param>
    /// <param name="pbxId">The PBX.</param>
    /// <param name="known">What was certainly stored before the store was asked; null when nothing is known.</param>
    /// <param name="found">What is stored; null when the PBX is not in the store.</param>
    /// <returns>Whether the store has lost data.</returns>
    public bool Check(ILogger log, string pbxId, LedgerVersion? known, LedgerVersion? found)
    {
        var lost = DataLossAlarm.Check(log, pbxId, known, found);
        if (lost) Forget(pbxId, known);
        if (found is { } version) Stored(pbxId, version);
        return lost;
    }

    private void Forget(string pbxId, LedgerVersion? version)
    {
        lock (_turn)
        {
            if (!_known.TryGetValue(pbxId, out var known) || known != version) return;
            // Its place in the order stays, for the version that was found.
            _known[pbxId] = default;
        }
    }

    private void Keep(string pbxId, LedgerVersion version)
    {
        if (!_known.ContainsKey(pbxId))
        {
            if (_known.Count == _capacity) _known.Remove(_order.Dequeue());
            _order.Enqueue(pbxId);
        }
        _known[pbxId] = version;
    }
}
