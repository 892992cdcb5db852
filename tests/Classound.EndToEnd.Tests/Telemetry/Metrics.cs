using System.Globalization;

namespace Classound.EndToEnd.Tests.Telemetry;

/// <summary>One scrape in Prometheus' text format.</summary>
public sealed record Metrics(IReadOnlyList<string> Lines)
{
    public static async Task<Metrics> Scrape(SiloProcess silo)
    {
        using var client = new HttpClient { BaseAddress = silo.Operations };
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return new Metrics([.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')]);
    }

    /// <summary>The sum of the series of a name that have all of these labels; fails when there is none.</summary>
    public double Value(string name, params string[] labels)
    {
        var series = Lines.Where(line => NameOf(line) == name && labels.All(label => line.Contains(label, StringComparison.Ordinal))).ToList();
        Assert.True(series.Count > 0, $"no series {name} {string.Join(',', labels)}");
        return series.Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1], CultureInfo.InvariantCulture));
    }

    /// <summary>Every name that is exported.</summary>
    public IReadOnlySet<string> Names => Lines.Select(NameOf).ToHashSet(StringComparer.Ordinal);

    private static string NameOf(string line) => line[..line.IndexOfAny(['{', ' '])];
}
