namespace Classound.Benchmarks.Load;

/// <summary>Something whose rate is measured beside that of others.</summary>
internal abstract class Contender(string name)
{
    public string Name { get; } = name;

    /// <summary>One window at so many requests in flight, with whatever clears up after it outside of the window.</summary>
    public abstract Task<Window> Closed(int inFlight, TimeSpan warmUp, TimeSpan length);

    /// <summary>Its connections; the service goes on.</summary>
    public abstract void Close();
}
