namespace Classound.Api;

/// <summary>How long the API waits for the answer of a grain.</summary>
public sealed class ClassoundApiOptions
{
    /// <summary>
    /// After this an AuthorizeCall or ExtendCall is answered UNAVAILABLE, so that an edge is told to refuse a new
    /// chargeable call within a second.
    /// </summary>
    public TimeSpan ChargeableTimeout { get; set; } = TimeSpan.FromMilliseconds(900);
}
