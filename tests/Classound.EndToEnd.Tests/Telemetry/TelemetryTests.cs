using System.Diagnostics;
using System.Text.Json;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Xunit.Abstractions;

namespace Classound.EndToEnd.Tests.Telemetry;

/// <summary>What a running host tells those who operate it.</summary>
public sealed class TelemetryTests(ITestOutputHelper output)
{
    private const string Did = "+39061234567";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Calls_AreCounted_WhereAScraperSeesThem()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await SiloProcess.Start(folder.Path);
        using var channel = silo.Connect();
        var edge = await Provisioned(channel);
        await edge.Calls.AuthorizeCallAsync(Call("c1", "+33123456789"));
        await edge.Calls.AuthorizeCallAsync(Call("c2", "+33123456789"));
        await edge.Calls.AuthorizeCallAsync(Call("c2", "+33123456789"));
        await edge.Calls.AuthorizeCallAsync(Call("c3", "+49301234567"));
        await edge.Calls.AuthorizeCallAsync(Call("sos", "112"));
        await edge.Calls.EndCallAsync(new EndCallRequest { PbxId = "rome", CallId = "c1", DurationMs = 61_000 });
        foreach (var month in SampleOperator.MonthsOfNow()) await edge.RatedCalls("rome", month);

        var metrics = await Metrics.Scrape(silo);
        output.WriteLine(string.Join('\n', metrics.Lines.Where(line => line.StartsWith("classound", StringComparison.Ordinal)).Take(80)));
        const string authorizations = "classound_calls_authorizations_total";
        Assert.Equal(2, metrics.Value(authorizations, "outcome=\"granted\"", "area=\"2\""));
        Assert.Equal(1, metrics.Value(authorizations, "outcome=\"repeated\"", "area=\"2\""));
        Assert.Equal(1, metrics.Value(authorizations, "outcome=\"denied\"", "reason=\"NoPrice\""));
        Assert.Equal(1, metrics.Value(authorizations, "outcome=\"emergency\""));
        Assert.Equal(1, metrics.Value("classound_calls_active"));
        Assert.Equal(5, metrics.Value("classound_calls_answer_duration_seconds_count", "rpc_method=\"AuthorizeCall\""));
        Assert.Equal(1, metrics.Value("classound_calls_settlement_lag_seconds_count"));
        Assert.True(metrics.Value("classound_holds_money", "currency=\"EUR\"") > 0);
        Assert.Equal(1, metrics.Value("classound_catalogue_in_force", $"price_list_type=\"{SampleOperator.ListType}\""));
        Assert.True(metrics.Value("classound_storage_commits_total", "outcome=\"Committed\"", "store=\"sqlite\"") > 0);
        Assert.Contains(metrics.Lines, line => line.StartsWith("orleans_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_AreNotOnThePortThatEdgesReach()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await SiloProcess.Start(folder.Path);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, silo.Address + "/metrics")
        {
            Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var reply = await client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task ACallThatItsEdgeTraces_IsOneTrace_FromTheEdgeToTheStore()
    {
        using var folder = new TemporaryFolder();
        await using var collector = await Collector.Start();
        await using var silo = await SiloProcess.Start(folder.Path, new Dictionary<string, string> { ["OtlpEndpoint"] = collector.Address });
        using var channel = silo.Connect();
        var edge = await Provisioned(channel);
        var trace = ActivityTraceId.CreateRandom();
        await edge.Calls.AuthorizeCallAsync(
            Call("c1", "+33123456789"), new Metadata { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } });

        var spans = await collector.Until(all => all.Any(span => span.Name == "store commit" && span.TraceId == trace.ToString()), Limit);
        foreach (var span in spans) output.WriteLine(span.ToString());
        Assert.DoesNotContain(spans, span => span.Failed);
        // Nobody asked for the requests that provisioned.
        Assert.All(spans, span => Assert.Equal(trace.ToString(), span.TraceId));
        var path = new List<ReceivedSpan>();
        for (var span = spans.Single(span => span.Name == "store commit"); span is not null; span = spans.SingleOrDefault(above => above.SpanId == span.ParentId))
            path.Add(span);
        Assert.Equal(
            ["Classound.Storage", "Classound.Grains", "Microsoft.Orleans.Application", "Classound.Api", "Microsoft.AspNetCore"],
            path.Select(span => span.Source).Distinct());
    }

    [SkippableFact]
    public async Task ACallThatCannotBeAnswered_IsAnErrorOnEachOfItsSpans_AndItsLogLinesNameTheTrace()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var collector = await Collector.Start();
        await using var silo = await SiloProcess.Start("unused", new Dictionary<string, string>
        {
            ["Store"] = "redis", ["Redis"] = redis.Configuration, ["OtlpEndpoint"] = collector.Address, ["LogFormat"] = "json",
        });
        using var channel = silo.Connect();
        var edge = await Provisioned(channel);
        await ClusterStartTests.Answered(() => edge.Calls.AuthorizeCallAsync(Call("c1", "+33123456789")));
        var (malformed, unanswered) = (ActivityTraceId.CreateRandom().ToString(), ActivityTraceId.CreateRandom().ToString());
        await Fails(StatusCode.InvalidArgument, Call("", "+33123456789"), malformed);
        redis.Kill();
        await Fails(StatusCode.Unavailable, Call("c2", "+33123456789"), unanswered);

        string[] ours = ["Classound.Api", "Classound.Grains", "Classound.Storage", "Microsoft.AspNetCore"];
        var spans = await collector.Until(
            all => ours.All(source => all.Any(span => span.Source == source && span.TraceId == unanswered)), Limit);
        foreach (var span in spans) output.WriteLine(span.ToString());
        Assert.All(spans, span => Assert.Equal(span.TraceId == unanswered, span.Failed));
        Assert.Contains(spans, span => span.TraceId == malformed);
        using var tooLong = new CancellationTokenSource(Limit);
        while (!Lines(silo).Any(line => Text(line, "EventName") == "RequestUnavailable" && Text(line, "trace_id") == unanswered))
            await Task.Delay(50, tooLong.Token); // the console's writer is behind the answer

        async Task Fails(StatusCode expected, AuthorizeCallRequest call, string trace)
        {
            var traced = new Metadata { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } };
            Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => edge.Calls.AuthorizeCallAsync(call, traced).ResponseAsync)).StatusCode);
        }
    }

    [Fact]
    public async Task JsonLogs_AreOneObjectALine_WithTheIdsOfTheCall()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await SiloProcess.Start(folder.Path, new Dictionary<string, string> { ["LogFormat"] = "json" });
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        var call = Call("sos-1", "112");
        await edge.Calls.AuthorizeCallAsync(call);
        await silo.Terminate();
        Assert.Equal(0, await silo.WaitForExit());
        var events = Lines(silo);
        Assert.Contains(events, entry => entry.GetProperty("EventId").GetInt32() == 4003);
        var placed = Assert.Single(events, entry => entry.GetProperty("EventId").GetInt32() == 1120).GetProperty("State");
        Assert.Equal(("rome", "sos-1", "112"), (Text(placed, "PbxId"), Text(placed, "CallId"), Text(placed, "Number")));
        Assert.DoesNotContain(call.Caller, silo.Output, StringComparison.Ordinal);
    }

    private static List<JsonElement> Lines(SiloProcess silo) =>
        [.. silo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Text(JsonElement state, string name) => state.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<SampleOperator> Provisioned(ChannelBase channel)
    {
        var edge = new SampleOperator((Grpc.Net.Client.GrpcChannel)channel);
        await edge.ProvisionPrices();
        await edge.ProvisionPbx("rome", Did);
        return edge;
    }

    private static AuthorizeCallRequest Call(string id, string called) => new()
    {
        PbxId = "rome", CallId = id, Direction = CallDirection.Outbound, Caller = Did, Called = called, CallingCountry = "IT",
    };
}
