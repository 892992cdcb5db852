using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.EndToEnd.Tests;
using Grpc.Core;

namespace Classound.Benchmarks;

/// <summary>
/// Calls at a fixed rate, authorised and ended, over all silos in turn. Each is timed from when it was due, so that what waits behind a
/// pause counts as late.
/// </summary>
internal sealed class SteadyCalls(IReadOnlyList<CallService.CallServiceClient> silos)
{
    public const int Pbxs = 9; // So that each of three silos is asked for each PBX.

    private const int CallsPerSecond = 100;

    private readonly ConcurrentQueue<(TimeSpan Due, TimeSpan At)> _answers = new();
    private readonly ConcurrentDictionary<int, int> _versions = new();
    private int _refused;
    private int _failed;

    public static string Pbx(int index) => $"benchmark-{index}";

    public static string Did(int index) => $"+39021000000{index}";

    public static async Task<SteadyCalls> Run(IReadOnlyList<CallService.CallServiceClient> silos, string name, Task until)
    {
        var round = new SteadyCalls(silos);
        var clock = Stopwatch.StartNew();
        var calls = new List<Task>();
        for (var n = 0; !until.IsCompleted; n++)
        {
            var due = TimeSpan.FromSeconds((double)n / CallsPerSecond);
            if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed);
            calls.Add(round.Call(string.Create(CultureInfo.InvariantCulture, $"{name}-{n}"), n, due, clock));
        }

        await Task.WhenAll(calls);
        return round;
    }

    public void Report(Figures figures, string when)
    {
        figures.Add($"authorise {when}: p50", Percentile(0.5), "ms");
        figures.Add($"authorise {when}: p99", Percentile(0.99), "ms");
        figures.Add($"authorise {when}: longest", Percentile(1), "ms");
        figures.Add($"authorise {when}: longest time without an answer", LongestGap(), "ms");
        foreach (var (version, count) in _versions.OrderBy(pair => pair.Key))
            figures.Add(string.Create(CultureInfo.InvariantCulture, $"authorise {when}: priced by version {version}"), count, "calls");
        figures.Add($"authorise {when}: refused", _refused, "calls");
        figures.Add($"authorise {when}: failed", _failed, "calls");
    }

    private async Task Call(string id, int n, TimeSpan due, Stopwatch clock)
    {
        var pbx = n / silos.Count % Pbxs;
        var silo = silos[n % silos.Count];
        try
        {
            var reply = await silo.AuthorizeCallAsync(new AuthorizeCallRequest
            {
                PbxId = Pbx(pbx), CallId = id, Direction = CallDirection.Outbound, Caller = Did(pbx), Called = "+390212345678", CanExtend = true,
            });
            _answers.Enqueue((due, clock.Elapsed));
            if (reply.Grant is not { } grant)
            {
                Interlocked.Increment(ref _refused);
                return;
            }

            _versions.AddOrUpdate(grant.PriceListVersion, 1, (_, count) => count + 1);
            await silo.EndCallAsync(new EndCallRequest { PbxId = Pbx(pbx), CallId = id, DurationMs = 1000 });
        }
        catch (RpcException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    private double Percentile(double part)
    {
        var waits = _answers.Select(answer => (answer.At - answer.Due).TotalMilliseconds).Order().ToList();
        return waits.Count == 0 ? double.NaN : waits[(int)(part * (waits.Count - 1))];
    }

    private double LongestGap()
    {
        var at = _answers.Select(answer => answer.At.TotalMilliseconds).Order().ToList();
        return at.Count < 2 ? double.NaN : at.Zip(at.Skip(1), (a, b) => b - a).Max();
    }
}
