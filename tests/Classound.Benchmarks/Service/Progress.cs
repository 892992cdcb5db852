using System.Diagnostics;
using System.Globalization;

namespace Classound.Benchmarks.Service;

/// <summary>Lines for whoever waits, on standard error, with the time since the start.</summary>
internal static class Progress
{
    private static readonly long Began = Stopwatch.GetTimestamp();

    public static void Say(string line) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(Began):mm\\:ss}  {line}"));
}
