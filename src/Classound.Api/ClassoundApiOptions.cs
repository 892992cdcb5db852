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

    /// <summary>How long the calls of a statistic may be counted, where the caller's own deadline is not earlier.</summary>
    public TimeSpan StatisticsTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long GetCall and the like may take.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a reported emergency call waits for being looked up among the chargeable ones; after this it counts as what
    /// the edge says.
    /// </summary>
    public TimeSpan EmergencyLookupTimeout { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the stream of an edge is still read after GO_AWAY. What was read by then is still answered.</summary>
    public TimeSpan GoAwayGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long after GO_AWAY a stream is cut off, with what it has not taken: an edge that does not read must not keep the
    /// process from leaving the cluster. Time for a report that began at the end of <see cref="GoAwayGrace"/>.
    /// </summary>
    public TimeSpan GoAwayLimit { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Who sells by the price lists: stands on exported ones. Empty = nobody is named.</summary>
    public string OperatorName { get; set; } = "";
}
