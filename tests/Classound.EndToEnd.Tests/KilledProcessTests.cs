using System.Collections.Concurrent;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace Classound.EndToEnd.Tests;

/// <summary>
/// kill -9 in the middle of traffic, again and again, on the embedded store: what was acknowledged is there exactly once.
/// The edges keep their own books, and repeat what they got no answer to, as real ones do.
/// </summary>
public sealed class KilledProcessTests(ITestOutputHelper output)
{
    private const int Kills = 50;
    private const int Workers = 8;
    private static readonly string[] PbxIds = ["rome", "auckland", "lima"];
    private static readonly string[] Zones = ["Europe/Rome", "Pacific/Auckland", "America/Lima"];

    private readonly ConcurrentDictionary<string, EdgeCall> _calls = new();
    private TaskCompletionSource _target = new();
    private int _awaited;

    [Fact]
    public async Task FiftyKillsUnderTraffic_LoseAndDoubleNothing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CLASSOUND_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"CLASSOUND_SEED={seed}");
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("classound-kill-").FullName;
        try
        {
            for (var round = 0; round <= Kills; round++)
            {
                await using var silo = await SiloProcess.Start(folder);
                using var channel = silo.Connect();
                var edge = new SampleOperator(channel);
                if (round == 0) await Provision(edge);
                await RepeatWhatIsInDoubt(edge);
                await Audit(edge);
                if (round == Kills) break;
                await TrafficUntilKilled(silo, edge, random, round, random.Next(1, 80));
            }
            output.WriteLine($"{Kills} kills, {_calls.Count} calls, {_calls.Values.Count(call => call.Settlement is not null)} settled");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Provision(SampleOperator edge)
    {
        await edge.ProvisionPrices();
        for (var i = 0; i < PbxIds.Length; i++) await edge.ProvisionPbx(PbxIds[i], Did(PbxIds[i]), Zones[i]);
    }

    private async Task TrafficUntilKilled(SiloProcess silo, SampleOperator edge, Random random, int round, int acknowledgements)
    {
        _target = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = acknowledgements;
        var seeds = Enumerable.Range(0, Workers).Select(_ => random.Next()).ToArray();
        var workers = seeds.Select((seed, worker) => Task.Run(() => Work(edge, new Random(seed), $"{round}-{worker}"))).ToArray();
        await Task.WhenAny(_target.Task, Task.WhenAll(workers));
        await silo.Kill();
        await Task.WhenAll(workers);
    }

    /// <summary>One edge: places calls and ends most of them until the host is gone. What got no answer stays in doubt.</summary>
    private async Task Work(SampleOperator edge, Random random, string name)
    {
        for (var n = 0; ; n++)
        {
            var pbx = PbxIds[random.Next(PbxIds.Length)];
            var call = new EdgeCall
            {
                Authorise = new AuthorizeCallRequest
                {
                    PbxId = pbx, CallId = $"{name}-{n}", Direction = CallDirection.Outbound, Caller = Did(pbx),
                    Called = random.Next(2) == 0 ? "+390212345678" : "+33123456789", CanExtend = true,
                },
            };
            _calls[call.Authorise.CallId] = call;
            try
            {
                call.Grant = (await edge.Calls.AuthorizeCallAsync(call.Authorise)).Grant;
                Acknowledged();
                if (random.Next(4) == 0) await Extend(edge, call);
                if (random.Next(6) == 0) continue; // stays up
                call.End = new EndCallRequest { PbxId = pbx, CallId = call.Authorise.CallId, DurationMs = random.Next(0, 700_000) };
                call.Settlement = (await edge.Calls.EndCallAsync(call.End)).Settlement;
                Acknowledged();
            }
            catch (RpcException)
            {
                return; // in doubt: repeated after the restart
            }
        }
    }

    private void Acknowledged()
    {
        if (Interlocked.Decrement(ref _awaited) == 0) _target.TrySetResult();
    }

    private static async Task Extend(SampleOperator edge, EdgeCall call)
    {
        call.Extend = new ExtendCallRequest
        {
            PbxId = call.Authorise.PbxId, CallId = call.Authorise.CallId, RequestNumber = 1, UsedSeconds = 500,
        };
        call.Grant = (await edge.Calls.ExtendCallAsync(call.Extend)).Grant;
    }

    /// <summary>Sends again, unchanged, whatever the kill left without an answer.</summary>
    private async Task RepeatWhatIsInDoubt(SampleOperator edge)
    {
        foreach (var call in _calls.Values.Where(call => call.Settlement is null))
        {
            if (call.Grant is null) call.Grant = (await edge.Calls.AuthorizeCallAsync(call.Authorise)).Grant;
            if (call.Extend is not null) call.Grant = (await edge.Calls.ExtendCallAsync(call.Extend)).Grant ?? call.Grant;
            if (call.End is null) continue;
            var reply = await edge.Calls.EndCallAsync(call.End);
            Assert.False(reply.Conflict, $"{call.Authorise.CallId} was settled with another duration");
            call.Settlement = reply.Settlement;
        }
    }

    private async Task Audit(SampleOperator edge)
    {
        foreach (var pbx in PbxIds)
        {
            var mine = _calls.Values.Where(call => call.Authorise.PbxId == pbx).ToList();
            var active = (await edge.ActiveCalls(pbx)).ToDictionary(call => call.CallId);
            var open = mine.Where(call => call.Settlement is null).ToList();
            Assert.Equal(open.Select(call => call.Authorise.CallId).Order(), active.Keys.Order());
            foreach (var call in open)
            {
                var held = active[call.Authorise.CallId].Grant;
                Assert.Equal(
                    (call.Grant!.GrantedSeconds, call.Grant.IncludedSeconds, call.Grant.HeldNanos),
                    (held.GrantedSeconds, held.IncludedSeconds, held.HeldNanos));
            }
            await AuditBilling(edge, pbx, mine.Where(call => call.Settlement is not null).ToList());
        }
    }

    private static async Task AuditBilling(SampleOperator edge, string pbx, List<EdgeCall> settled)
    {
        var rated = new List<RatedCall>();
        long calls = 0, included = 0, charged = 0, nanos = 0;
        foreach (var month in SampleOperator.MonthsOfNow())
        {
            rated.AddRange(await edge.RatedCalls(pbx, month));
            var sum = (await edge.Totals(pbx, month)).Sum;
            if (sum is null) continue;
            (calls, included, charged, nanos) =
                (calls + sum.Calls, included + sum.IncludedSeconds, charged + sum.ChargedSeconds, nanos + sum.ChargeNanos);
        }
        Assert.Equal(settled.Select(call => call.Authorise.CallId).Order(), rated.Select(call => call.CallId).Order());
        var byId = rated.ToDictionary(call => call.CallId);
        Assert.All(settled, call => Assert.Equal(call.Settlement, byId[call.Authorise.CallId]));
        Assert.Equal(
            (rated.Count, rated.Sum(c => (long)c.IncludedSeconds), rated.Sum(c => (long)c.ChargedSeconds), rated.Sum(c => c.Charges.Sum(p => p.AmountNanos))),
            (calls, included, charged, nanos));
        // Rated by hand: France costs 0.001 a second; Italy is included (4 x 3000 minutes are not used up here).
        Assert.All(rated, call => Assert.Equal(
            call.Area == 2 ? call.CallSeconds * 1_000_000L : 0, call.Charges.Sum(part => part.AmountNanos)));
        Assert.All(rated, call => Assert.Equal(call.Area == 2 ? 0 : (call.CallSeconds + 59) / 60 * 60, call.IncludedSeconds));
    }

    private static string Did(string pbx) => pbx switch { "rome" => "+39061234567", "auckland" => "+6491234567", _ => "+5112345678" };

    private sealed class EdgeCall
    {
        public required AuthorizeCallRequest Authorise { get; init; }
        public ExtendCallRequest? Extend { get; set; }
        public EndCallRequest? End { get; set; }
        public CallGrant? Grant { get; set; }
        public RatedCall? Settlement { get; set; }
    }
}
