using System.Globalization;
using System.Runtime.InteropServices;
using Classound.Benchmarks.Load;

namespace Classound.Benchmarks.Service;

/// <summary>The suite as processes on loopback, beside the empty method.</summary>
internal static class ServiceCommand
{
    public static async Task Run(ServiceOptions options)
    {
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
        var rows = Row.All.Where(row => options.Only.Count == 0 || options.Only.Contains(row.Name)).ToList();
        await using var stage = new Stage(options);
        var contenders = new List<Contender>();
        foreach (var name in rows.SelectMany(row => options.AttachSeconds > 0 ? [row.Measured] : new[] { row.Against, row.Measured }).Distinct())
            contenders.Add(await stage.Contender(name));
        if (options.AttachSeconds > 0)
        {
            await Attach(contenders[0], stage, options);
            return;
        }

        var rounds = new Rounds();
        await rounds.Run(contenders, ServiceOptions.InFlight, options);
        foreach (var contender in contenders)
        {
            var bytes = Rounds.Median([.. rounds.Windows[contender.Name].Select(window => (double)window.StoreBytes / window.Done)]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contender.Name,-12} {rounds.Rate(contender.Name),9:#,0}/s, {bytes:F0} bytes to Redis per request"));
        }

        foreach (var row in rows)
        {
            var ratio = rounds.Ratio(row.Measured, row.Against);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Text,-76} {ratio:F2} (must {row.Must}: {(ratio >= row.Must ? "met" : "NOT met")}, aim {row.Aim}: {(ratio >= row.Aim ? "met" : "not met")})"));
        }
    }

    /// <summary>Keeps one contender under load, for a profiler. Between windows of ten seconds the window's calls are ended.</summary>
    private static async Task Attach(Contender contender, Stage stage, ServiceOptions options)
    {
        Console.WriteLine($"{contender.Name} under load for {options.AttachSeconds} s: {string.Join(", ", stage.Pids)}");
        var end = DateTime.UtcNow.AddSeconds(options.AttachSeconds);
        while (DateTime.UtcNow < end)
        {
            var window = await contender.Closed(ServiceOptions.InFlight, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {window.Rate,9:#,0}/s   {Rounds.CpuText(window)}"));
        }
    }
}
