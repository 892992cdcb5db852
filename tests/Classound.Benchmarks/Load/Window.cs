namespace Classound.Benchmarks.Load;

/// <summary>What one measured window came to.</summary>
/// <param name="Done">Requests answered in it.</param>
/// <param name="Seconds">How long it was.</param>
/// <param name="Cpu">CPU seconds in it by the name of the process, the generator among them; "idle" is the machine's.</param>
/// <param name="StoreBytes">Bytes that Redis was sent; 0 where there is none.</param>
internal sealed record Window(long Done, double Seconds, IReadOnlyDictionary<string, double> Cpu, long StoreBytes)
{
    /// <summary>Requests that were answered UNAVAILABLE, the warm-up's among them, and asked again; only the last answer counts as done.</summary>
    public long Repeats { get; init; }

    public double Rate => Done / Seconds;

    /// <summary>Of the machine's processors, what nobody used.</summary>
    public double IdleShare => Cpu.GetValueOrDefault(Meters.Idle) / Seconds / Environment.ProcessorCount;
}
