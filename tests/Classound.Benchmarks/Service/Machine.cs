using System.Globalization;
using System.Runtime.InteropServices;

namespace Classound.Benchmarks.Service;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Text() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    /// <summary>Work that waits for a processor: what is measured while it is high says little.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();
}
