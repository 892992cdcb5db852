namespace Classound.Benchmarks.Service;

/// <summary>What <c>service</c> was asked for.</summary>
internal sealed record ServiceOptions
{
    public const int InFlight = 128;

    /// <summary>Name of the rates at fewer requests in flight, which are no row.</summary>
    public const string InFlightName = "in-flight";

    /// <summary>Before each window. What compiles, and what a deployment does once, is done in a longer first one.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Names of the rows to measure; empty = all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Windows of each contender.</summary>
    public int Windows { get; init; } = 5;

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan FirstWarmUp { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>HTTP/2 connections of the load generator to each service; each carries one stream where streams are measured.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Of the deck and of the calls.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>PBXs of the large installation.</summary>
    public int ManyPbxs { get; init; } = 100_000;

    /// <summary>Above 0: measure nothing, keep the first row's contender under load for so many seconds.</summary>
    public int AttachSeconds { get; init; }

    /// <summary>Requests a second of that load, whether or not the answers come; 0 = 128 in flight, as fast as they are answered.</summary>
    public int AttachRate { get; init; }

    public string? Json { get; init; }

    public string? Markdown { get; init; }

    public bool Quick { get; init; }

    public bool WantsInFlight => Only.Count == 0 ? !Quick : Only.Contains(InFlightName);

    /// <summary>For a look: one window of each, of one second, after a short warm-up, and a tenth of the PBXs.</summary>
    public ServiceOptions Quickly() =>
        this with { Quick = true, Windows = 1, Window = TimeSpan.FromSeconds(1), FirstWarmUp = TimeSpan.FromSeconds(1), ManyPbxs = ManyPbxs / 10 };

    public IReadOnlyList<Row> RowsOf(RowGroup group) => [.. Row.All.Where(row => row.Group == group && (Only.Count == 0 || Only.Contains(row.Name)))];
}
