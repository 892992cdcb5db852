namespace Classound.Api;

/// <summary>How long the API waits for the answer of a grain, and what stands on documents.</summary>
public sealed class ClassoundApiOptions
{
    /// <summary>
    /// After this an AuthorizeCall or ExtendCall is answered UNAVAILABLE, so that an edge is told to refuse a new
    /// chargeable call within a second.
    /// </summary>
    public TimeSpan ChargeableTimeout { get; set; } = TimeSpan.FromMilliseconds(900);

    /// <summary>
    /// How long a StartCall or EndCall may take, repeats to the PBX's next silo included: what has happened is worth waiting for.
    /// </summary>
    public TimeSpan ReportTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long GetCall and the like may take.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a reported emergency call waits for being looked up among the chargeable ones; after this it counts as what
    /// the edge says.
    /// </summary>
    public TimeSpan EmergencyLookupTimeout { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Who sells by the price lists: stands on exported ones. Empty = nobody is named.</summary>
    public string OperatorName { get; set; } = "";
}
