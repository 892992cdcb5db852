using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Classound.EndToEnd.Tests;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Benchmarks;

/// <summary>
/// A silo on the embedded store as a process of its own; calls at a fixed rate before and while it imports and activates the list. Each
/// call is timed from when it was due, so that what waits behind a pause counts as late.
/// </summary>
internal static class ServiceMeasure
{
    private const int CallsPerSecond = 100;
    private const int Pbxs = 8;
    private const int ChunkBytes = 256 * 1024;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(15);

    public static async Task Run(Figures figures, byte[] csv)
    {
        var folder = Directory.CreateTempSubdirectory("classound-benchmark-");
        await using var silo = await SiloProcess.Start(folder.FullName);
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        await edge.ProvisionPrices();
        for (var i = 0; i < Pbxs; i++) await edge.ProvisionPbx(Pbx(i), Did(i));

        await Calls(edge, "warm", Task.Delay(Before));
        Report(figures, "before", await Calls(edge, "before", Task.Delay(Before)));
        var started = Stopwatch.GetTimestamp();
        var import = Task.Run(() => Import(new PriceListService.PriceListServiceClient(channel), csv));
        Report(figures, "during the import", await Calls(edge, "during", import));
        await import;
        figures.Add("silo: import and activate, answered", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
        Report(figures, "after", await Calls(edge, "after", Task.Delay(Before)));
        figures.Add("silo: peak resident memory", PeakMegabytes(silo.Id), "MB");
        await silo.Kill();
        folder.Delete(recursive: true);
    }

    private static async Task Import(PriceListService.PriceListServiceClient client, byte[] csv)
    {
        using var upload = client.ImportPriceList();
        await upload.RequestStream.WriteAsync(new ImportPriceListRequest
        {
            Header = new ImportPriceListHeader
            {
                PriceListType = "MILLION", CurrencyCode = "EUR", TimeZone = "UTC",
                EffectiveTime = Timestamp.FromDateTime(DateTime.UtcNow.AddMinutes(1)),
            },
        });
        for (var at = 0; at < csv.Length; at += ChunkBytes)
        {
            var chunk = ByteString.CopyFrom(csv, at, Math.Min(ChunkBytes, csv.Length - at));
            await upload.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = chunk });
        }

        await upload.RequestStream.CompleteAsync();
        var reply = await upload.ResponseAsync;
        if (reply.ErrorCount > 0) throw new InvalidOperationException(reply.Errors[0].ToString());
    }

    private static async Task<Round> Calls(SampleOperator edge, string name, Task until)
    {
        var round = new Round();
        var clock = Stopwatch.StartNew();
        var calls = new List<Task>();
        for (var n = 0; !until.IsCompleted; n++)
        {
            var due = TimeSpan.FromSeconds((double)n / CallsPerSecond);
            if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed);
            calls.Add(Call(edge, string.Create(CultureInfo.InvariantCulture, $"{name}-{n}"), n, due, clock, round));
        }

        await Task.WhenAll(calls);
        return round;
    }

    private static async Task Call(SampleOperator edge, string id, int n, TimeSpan due, Stopwatch clock, Round round)
    {
        var pbx = n % Pbxs;
        try
        {
            var reply = await edge.Calls.AuthorizeCallAsync(new AuthorizeCallRequest
            {
                PbxId = Pbx(pbx), CallId = id, Direction = CallDirection.Outbound, Caller = Did(pbx), Called = "+390212345678", CanExtend = true,
            });
            if (reply.Grant is null) throw new InvalidOperationException(reply.ToString());
            round.Answered(due, clock.Elapsed);
            await edge.Calls.EndCallAsync(new EndCallRequest { PbxId = Pbx(pbx), CallId = id, DurationMs = 1000 });
        }
        catch (RpcException)
        {
            round.Failed();
        }
    }

    private static void Report(Figures figures, string when, Round round)
    {
        figures.Add($"authorise {when}: p50", round.Percentile(0.5), "ms");
        figures.Add($"authorise {when}: p99", round.Percentile(0.99), "ms");
        figures.Add($"authorise {when}: longest", round.Percentile(1), "ms");
        figures.Add($"authorise {when}: longest time without an answer", round.LongestGap(), "ms");
        figures.Add($"authorise {when}: failed", round.Failures, "");
    }

    // The kernel's own high-water mark, in kB.
    private static double PeakMegabytes(int process) =>
        double.Parse(
            File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1000;

    private static string Pbx(int index) => $"benchmark-{index}";

    private static string Did(int index) => $"+39021000000{index}";

    private sealed class Round
    {
        private readonly ConcurrentQueue<(TimeSpan Due, TimeSpan At)> _answers = new();
        private int _failures;

        public int Failures => _failures;

        public void Answered(TimeSpan due, TimeSpan at) => _answers.Enqueue((due, at));

        public void Failed() => Interlocked.Increment(ref _failures);

        public double Percentile(double part)
        {
            var waits = _answers.Select(answer => (answer.At - answer.Due).TotalMilliseconds).Order().ToList();
            return waits.Count == 0 ? double.NaN : waits[(int)(part * (waits.Count - 1))];
        }

        public double LongestGap()
        {
            var at = _answers.Select(answer => answer.At.TotalMilliseconds).Order().ToList();
            return at.Count < 2 ? double.NaN : at.Zip(at.Skip(1), (a, b) => b - a).Max();
        }
    }
}
