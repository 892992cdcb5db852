using System.Globalization;
using System.Text.Json;

namespace Classound.Benchmarks;

/// <summary>What was measured, as it is printed and as JSON.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, double Value, string Unit)> _all = [];

    public void Add(string name, double value, string unit)
    {
        _all.Add((name, value, unit));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-64} {value,14:#,0.0##} {unit}"));
    }

    public void Write(string file)
    {
        var figures = _all.Select(figure => new { name = figure.Name, value = figure.Value, unit = figure.Unit });
        File.WriteAllText(file, JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
    }
}
