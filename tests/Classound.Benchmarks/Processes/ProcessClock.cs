using System.Globalization;

namespace Classound.Benchmarks.Processes;

/// <summary>What the kernel counts: CPU seconds of a process, and the idle ones of the machine.</summary>
internal static class ProcessClock
{
    private const double TicksPerSecond = 100; // USER_HZ on every Linux architecture that .NET runs on

    // Places in /proc/PID/stat behind the name.
    private const int Parent = 1;
    private const int User = 11;
    private const int System = 12;
    private const int EndedChildrenUser = 13;
    private const int EndedChildrenSystem = 14;

    /// <summary>User and system time so far, in seconds; to 10 ms.</summary>
    public static double Seconds(int process) => Fields(process) is { } fields ? Sum(fields, User, System) : 0;

    /// <summary>The same with its children, also those that have ended: PostgreSQL has a process for each connection.</summary>
    public static double SecondsOfFamily(int process) =>
        (Fields(process) is { } own ? Sum(own, User, System, EndedChildrenUser, EndedChildrenSystem) : 0)
        + Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Fields(id) : null)
            .Sum(fields => fields is not null && Number(fields[Parent]) == process ? Sum(fields, User, System) : 0);

    /// <summary>Of the programs that this process started and that have ended.</summary>
    public static double SecondsOfEndedChildren() => Sum(Fields(Environment.ProcessId)!, EndedChildrenUser, EndedChildrenSystem);

    /// <summary>Seconds in which a processor of the machine had nothing to do, summed over them.</summary>
    public static double MachineIdleSeconds() =>
        Number(File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[4]) / TicksPerSecond;

    private static double Sum(string[] fields, params ReadOnlySpan<int> places)
    {
        long ticks = 0;
        foreach (var place in places) ticks += Number(fields[place]);
        return ticks / TicksPerSecond;
    }

    // Null where the process ended meanwhile. Its name stands in brackets and may hold anything, brackets too.
    private static string[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
