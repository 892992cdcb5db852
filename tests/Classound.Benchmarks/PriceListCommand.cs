using System.Diagnostics;
using System.Runtime.InteropServices;
using Classound.Charging.Rating;
using Classound.PriceLists;
using Classound.PriceLists.Stored;
using Classound.PriceLists.Tables;

namespace Classound.Benchmarks;

/// <summary>A large price list from the file to the lookup, and what calls notice of its import.</summary>
internal static class PriceListCommand
{
    public static async Task Run(PriceListOptions options)
    {
        var figures = new Figures();
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
        var prefixes = SyntheticDeck.Prefixes(options.Prefixes, options.Seed);
        var csv = SyntheticDeck.Csv(prefixes, options.Seed);
        figures.Add("prefixes", prefixes.Length, "");
        figures.Add("file", csv.Length / 1e6, "MB");

        Table(figures, csv);
        LookupMeasure.Run(figures, options);
        if (options.Service) await ServiceMeasure.Run(figures, options, csv);
        if (options.Json is { } file) figures.Write(file);
    }

    private static void Table(Figures figures, byte[] csv)
    {
        var content = Measure(figures, "read and check the file", () => Read(csv));
        var stored = Measure(figures, "write the stored form", () => PriceListStore.Write(content));
        figures.Add("stored form, per prefix", (double)stored.Length / content.Entries.Count, "bytes");
        Measure(figures, "read the stored form", () => PriceListStore.Read(stored));
        var table = Measure(figures, "build the table", () => PrefixTable.Build(content.Entries));
        figures.Add("peak memory of this process", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");

        content = null;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var again = PrefixTable.Build(PriceListStore.Read(stored).Entries);
        figures.Add("kept in memory, per prefix", (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / table.Count, "bytes");
        GC.KeepAlive(again);
    }

    private static PriceListContent Read(byte[] csv)
    {
        var file = PriceListFile.Read(new MemoryStream(csv), TableFormat.Csv, new PriceListRules());
        return file.Content ?? throw new InvalidOperationException(file.Errors[0].ToString());
    }

    // The second time: the first one compiles.
    private static T Measure<T>(Figures figures, string name, Func<T> work)
    {
        work();
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var paused = GC.GetTotalPauseDuration();
        var started = Stopwatch.GetTimestamp();
        var result = work();
        figures.Add(name, Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
        figures.Add(name + ", all threads stopped by the collector", (GC.GetTotalPauseDuration() - paused).TotalMilliseconds, "ms");
        figures.Add(name + ", allocated", (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6, "MB");
        return result;
    }
}
