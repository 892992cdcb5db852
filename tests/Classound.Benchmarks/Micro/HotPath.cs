namespace Classound.Benchmarks.Micro;

/// <summary>A piece of the way of a call that can be measured alone.</summary>
/// <param name="name">In the table and in allocations.csv.</param>
/// <param name="prepare">Makes what it needs, and what then does it so many times.</param>
internal sealed class HotPath(string name, Func<Action<int>> prepare)
{
    private readonly Lazy<Action<int>> _prepared = new(prepare);

    public string Name => name;

    public Action<int> Repeat => _prepared.Value;

    /// <summary>Bytes that it allocates, on average of so many times.</summary>
    public double Allocated(int times)
    {
        Repeat(times); // what is made once is there after this
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(times);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / times;
    }
}
