using System.Diagnostics;
using System.Globalization;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Classound.EndToEnd.Tests;
using Classound.Storage.Tests.Redis;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace Classound.Benchmarks;

/// <summary>
/// Silos as processes of their own, on the embedded store or on a real Redis; calls through all of them before, while and after the
/// first one imports the list and puts it into force for these very calls.
/// </summary>
internal static class ServiceMeasure
{
    private const int ChunkBytes = 256 * 1024;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(15);

    public static async Task Run(Figures figures, PriceListOptions options, byte[] csv)
    {
        var folder = Directory.CreateTempSubdirectory("classound-benchmark-");
        await using var redis = options.Redis ? await RedisServer.StartAsync("everysec") : null;
        var settings = new Dictionary<string, string>();
        if (redis is not null) (settings["Store"], settings["Redis"]) = ("redis", redis.Configuration);
        var silos = await Task.WhenAll(Enumerable.Range(0, options.Silos).Select(_ => SiloProcess.Start(folder.FullName, settings)));
        var channels = silos.Select(silo => silo.Connect()).ToArray();
        figures.Add(options.Redis ? "silos, on redis with everysec" : "silos, on sqlite", silos.Length, "");
        try
        {
            await Measure(figures, csv, channels);
            for (var i = 0; i < silos.Length; i++)
                figures.Add(string.Create(CultureInfo.InvariantCulture, $"silo {i + 1}: peak resident memory"), PeakMegabytes(silos[i].Id), "MB");
            if (redis is not null) figures.Add("redis: peak resident memory", PeakMegabytes(redis.Id), "MB");
        }
        finally
        {
            foreach (var channel in channels) channel.Dispose();
            foreach (var silo in silos) await silo.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task Measure(Figures figures, byte[] csv, GrpcChannel[] channels)
    {
        var installed = new SampleOperator(channels[0]);
        await installed.ProvisionPrices();
        for (var i = 0; i < SteadyCalls.Pbxs; i++) await installed.ProvisionPbx(SteadyCalls.Pbx(i), SteadyCalls.Did(i));
        var edges = channels.Select(channel => new CallService.CallServiceClient(channel)).ToArray();

        await SteadyCalls.Run(edges, "warm", Task.Delay(Before));
        (await SteadyCalls.Run(edges, "before", Task.Delay(Before))).Report(figures, "before");
        var lists = new PriceListService.PriceListServiceClient(channels[0]);
        var started = Stopwatch.GetTimestamp();
        var import = Task.Run(() => Import(lists, csv));
        (await SteadyCalls.Run(edges, "during", import)).Report(figures, "during the import");
        figures.Add("import, answered", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
        var version = await import;
        var activating = Stopwatch.GetTimestamp();
        var activation = Task.Run(() => Activate(lists, version));
        (await SteadyCalls.Run(edges, "activating", activation)).Report(figures, "during the activation");
        await activation;
        figures.Add("activation on all silos, answered", Stopwatch.GetElapsedTime(activating).TotalSeconds, "s");
        figures.Add("import and activation", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
        (await SteadyCalls.Run(edges, "after", Task.Delay(Before))).Report(figures, "after");
    }

    private static async Task<int> Import(PriceListService.PriceListServiceClient client, byte[] csv)
    {
        using var upload = client.ImportPriceList();
        await upload.RequestStream.WriteAsync(new ImportPriceListRequest
        {
            Header = new ImportPriceListHeader { PriceListType = SampleOperator.ListType, CurrencyCode = "EUR", TimeZone = "UTC" },
        });
        for (var at = 0; at < csv.Length; at += ChunkBytes)
        {
            var chunk = ByteString.CopyFrom(csv, at, Math.Min(ChunkBytes, csv.Length - at));
            await upload.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = chunk });
        }

        await upload.RequestStream.CompleteAsync();
        var reply = await upload.ResponseAsync;
        return reply.ErrorCount == 0 ? reply.PriceList.Version : throw new InvalidOperationException(reply.Errors[0].ToString());
    }

    private static async Task Activate(PriceListService.PriceListServiceClient client, int version) =>
        await client.ActivatePriceListAsync(new ActivatePriceListRequest
        {
            PriceListType = SampleOperator.ListType, Version = version, EffectiveTime = Timestamp.FromDateTime(DateTime.UtcNow),
        });

    // The kernel's own high-water mark, in kB.
    private static double PeakMegabytes(int process) =>
        double.Parse(
            File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1000;
}
