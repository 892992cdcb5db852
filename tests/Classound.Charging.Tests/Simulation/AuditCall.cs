namespace Classound.Charging.Tests.Simulation;

/// <summary>A running call in the auditor's books.</summary>
internal sealed record AuditCall
{
    public required string Id { get; init; }
    public required string Called { get; init; }
    public required NaivePrice? Price { get; init; }
    public required int List { get; init; }
    public required int Seat { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required int Maximum { get; init; }
    public required int Granted { get; init; }
    public required int Included { get; init; }
    public required long Nanos { get; init; }
    public required DateOnly Day { get; init; }
    public DateTimeOffset? Answered { get; init; }
    public int Number { get; init; }
    public int Confirmed { get; init; }

    /// <summary>A report said that more was used than was granted by then.</summary>
    public bool Above { get; init; }

    /// <summary>The edge reports answers.</summary>
    public bool Reports { get; init; }
    public string Edge { get; init; } = "";

    /// <summary>The time of the newest list that names it.</summary>
    public DateTimeOffset? Listed { get; init; }

    /// <summary>The earliest answer that a report of usage says; null = none came.</summary>
    public DateTimeOffset? Begun { get; init; }

    /// <summary>Overdue from here on.</summary>
    public DateTimeOffset LeaseEnd { get; init; }
    public int Month => (Day.Year * 100) + Day.Month;
}
