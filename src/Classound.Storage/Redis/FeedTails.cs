using Microsoft.Extensions.Logging;

namespace Classound.Storage.Redis;

/// <summary>
/// The last feed sequence of each partition that this process saw stored. Feeds only grow, so one that ends earlier than what was
/// known when it was asked has lost rated calls.
/// </summary>
internal sealed class FeedTails(int partitions, ILogger log)
{
    private readonly long[] _known = new long[partitions];

    /// <summary>Taken before the store is asked: what is learned meanwhile must not be held against an older answer.</summary>
    public long Known(int partition) => Volatile.Read(ref _known[partition]);

    /// <summary>The store's answer: the tail it found, and the tail that it left.</summary>
    public void Saw(int partition, long known, long before, long after)
    {
        if (before < known)
            FellBack(partition, known, before);

        var seen = Known(partition);
        while (seen < after && Interlocked.CompareExchange(ref _known[partition], after, seen) is var other && other != seen)
            seen = other;
    }

    // Many commits may learn of one loss at once: the first takes the knowledge back and says so, for the others nothing is amiss.
    private void FellBack(int partition, long known, long found)
    {
        if (Interlocked.CompareExchange(ref _known[partition], found, known) == known)
            DataLossAlarm.FeedFellBack(log, partition, known, found);
    }
}
