using Classound.Benchmarks.Processes;

namespace Classound.Benchmarks.Load;

/// <summary>What is read at both ends of a window.</summary>
/// <param name="Cpu">Readers of CPU seconds by the name of the process.</param>
/// <param name="StoreBytes">Reads how many bytes Redis was sent so far; null where there is none.</param>
internal sealed record Meters(IReadOnlyDictionary<string, Func<double>> Cpu, Func<Task<long>>? StoreBytes = null)
{
    public const string Generator = "generator";
    public const string Idle = "idle";

    /// <summary>CPU of these processes, of this one (the generator), and what the machine had left.</summary>
    public static Meters Of(Func<Task<long>>? storeBytes, params (string Name, Func<double> Seconds)[] processes)
    {
        var cpu = processes.GroupBy(process => process.Name).ToDictionary(
            same => same.Key, same => same.Select(process => process.Seconds).ToArray() is var all ? (Func<double>)(() => all.Sum(read => read())) : null!);
        cpu[Generator] = () => ProcessClock.Seconds(Environment.ProcessId);
        cpu[Idle] = ProcessClock.MachineIdleSeconds;
        return new Meters(cpu, storeBytes);
    }

    public async Task<Reading> Read() =>
        new(Cpu.ToDictionary(meter => meter.Key, meter => meter.Value()), StoreBytes is null ? 0 : await StoreBytes());

    internal sealed record Reading(IReadOnlyDictionary<string, double> Cpu, long StoreBytes)
    {
        public Window Until(Reading end, long done, double seconds) => new(
            done, seconds, end.Cpu.ToDictionary(now => now.Key, now => now.Value - Cpu[now.Key]), end.StoreBytes - StoreBytes);
    }
}
