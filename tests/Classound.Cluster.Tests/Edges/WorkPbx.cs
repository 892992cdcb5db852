using System.Globalization;

namespace Classound.Cluster.Tests.Edges;

/// <summary>A customer of the workload: small allowances and caps, so that they are crossed within minutes.</summary>
internal sealed record WorkPbx(int Number)
{
    private static readonly string[] Zones =
        ["Europe/Rome", "Pacific/Auckland", "America/Lima", "Asia/Kolkata", "America/New_York", "Asia/Tokyo"];

    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"pbx-{Number:00}");

    public string Did { get; } = string.Create(CultureInfo.InvariantCulture, $"+3906555{Number:0000}");

    public string Zone { get; init; } = Zones[Number % Zones.Length];

    public int Users { get; } = (Number % 5) + 1;

    public bool PerUser { get; } = Number % 3 == 1;

    /// <summary>10^-9 EUR a month; 0 = none. Every third is small enough to be reached.</summary>
    public long MonthCapNanos { get; } = (Number % 3) switch { 0 => 150_000_000, 1 => 5_000_000_000, _ => 0 };

    public IReadOnlyList<string> UserIds => PerUser
        ? [.. Enumerable.Range(1, Users).Select(user => string.Create(CultureInfo.InvariantCulture, $"user-{user}"))]
        : [];

    /// <summary>Included seconds of one user and month.</summary>
    public int UserSeconds => (PerUser ? Operator.PerUserMinutes : Operator.PooledMinutes) * 60;
}
