namespace Classound.Benchmarks.Load;

/// <summary>Something whose rate is measured beside that of others.</summary>
internal abstract class Contender(string name)
{
    public string Name { get; } = name;

    /// <summary>One window at so many requests in flight, with whatever clears up after it outside of the window.</summary>
    public abstract Task<Window> Closed(int inFlight, TimeSpan warmUp, TimeSpan length);

    /// <summary>Response times at a fixed rate.</summary>
    /// <param name="rate">Requests a second.</param>
    public virtual Task<Latencies> Open(double rate, TimeSpan warmUp, TimeSpan length) =>
        throw new NotSupportedException($"{Name} is not driven by this generator");

    /// <summary>Its connections; the service goes on.</summary>
    public abstract ValueTask Close();
}
