using System.Globalization;

namespace Classound.Benchmarks.Micro;

/// <summary>allocations.csv: the bytes that each path is expected to allocate. Whoever changes them says so there.</summary>
internal static class Allocations
{
    public const string FileName = "allocations.csv";

    public static IReadOnlyDictionary<string, long> Expected() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, FileName)).Skip(1).Select(line => line.Split(';'))
            .ToDictionary(fields => fields[0], fields => long.Parse(fields[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
