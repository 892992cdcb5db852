namespace Classound.Charging.Tests.Simulation;

/// <summary>One month in the auditor's books: what was settled. What is held is always counted from the calls.</summary>
internal sealed class AuditMonth
{
    public long Used { get; set; }
    public long Settled { get; set; }
    public Dictionary<int, long> SeatUsed { get; } = [];
    public Dictionary<DateOnly, long> DaySettled { get; } = [];

    /// <summary>By direction and area: calls, call, rated and included seconds, and 10^-9 units.</summary>
    public Dictionary<(int Direction, int Area), (long Calls, long Call, long Rated, long Included, long Nanos)> Totals { get; } = [];
}
