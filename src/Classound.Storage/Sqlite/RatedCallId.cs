namespace Classound.Storage.Sqlite;

/// <summary>The row id of a rated call: its partition above its sequence (see <see cref="SqliteSchema.SequenceBits"/>).</summary>
internal static class RatedCallId
{
    private const long SequenceMask = (1L << SqliteSchema.SequenceBits) - 1;

    public static long Of(int partition, long sequence) => ((long)partition << SqliteSchema.SequenceBits) | sequence;

    /// <summary>What every id of the partition with a lower sequence is below; any sequence, to the largest number there is.</summary>
    public static long Before(int partition, long sequence) => Of(partition, Math.Min(sequence, SequenceMask));

    public static int Partition(long id) => (int)(id >> SqliteSchema.SequenceBits);

    public static long Sequence(long id) => id & SequenceMask;
}
