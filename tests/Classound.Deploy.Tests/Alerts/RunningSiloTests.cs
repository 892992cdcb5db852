using System.Text.Json;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.EndToEnd.Tests;
using Classound.EndToEnd.Tests.Telemetry;
using Classound.Storage.Tests.Redis;

namespace Classound.Deploy.Tests.Alerts;

/// <summary>Dashboard and alerts against what a silo says in a real run.</summary>
public sealed class RunningSiloTests
{
    private const string Did = "+39061234567";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [SkippableFact]
    public async Task WhatTheDashboardAndTheAlertsAskFor_IsThere_AndAStoreOutageIsAnAlarm()
    {
        await using var redis = await RedisServer.StartAsync("always");
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority(folder.Path);
        var (certificate, key) = authority.Issue("edge");
        await using var silo = await SiloProcess.Start("unused", new Dictionary<string, string>
        {
            ["Store"] = "redis", ["Redis"] = redis.Configuration, ["TlsCertificate"] = certificate, ["TlsKey"] = key,
        });
        await using var prometheus = await Prometheus.Start(silo.Operations, Rules.AsFile(Hastened()));
        using var channel = silo.Connect();
        await Work(new SampleOperator(channel), channel);
        await prometheus.Until("classound_health_status{check=\"ledger\"} == 1", Limit);
        // By this label the alert tells calls from what is repeated in the night.
        await prometheus.Until("classound_api_unavailable_total{rpc_method=\"AuthorizeCall\"}", Limit);

        var exported = (await Metrics.Scrape(silo)).Names;
        var asked = Dashboard().Concat(Rules.Read().Groups.SelectMany(group => group.Rules).Select(rule => rule.Expr)).SelectMany(Rules.MetricsOf).Distinct().ToList();
        Assert.True(asked.Count > 30, $"only {asked.Count} metrics are asked for");
        Assert.Empty(asked.Except(exported));

        redis.Kill();
        var alarm = await prometheus.Until("ALERTS{alertname=\"ClassoundStoreOutage\", alertstate=\"firing\"}", Limit);
        Assert.Equal("page", alarm.GetProperty("metric").GetProperty("severity").GetString());
    }

    /// <summary>The rules as they are, but for how long something must last: a test waits for no half minute.</summary>
    private static Manifests.PrometheusRuleSpec Hastened()
    {
        var rules = Rules.Read();
        foreach (var rule in rules.Groups.SelectMany(group => group.Rules)) rule.For = "1s";
        return rules;
    }

    private static IEnumerable<string> Dashboard()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Monitoring, "classound.json")));
        return [.. from panel in dashboard.RootElement.GetProperty("panels").EnumerateArray()
                   from target in panel.GetProperty("targets").EnumerateArray()
                   select target.GetProperty("expr").GetString()];
    }

    private static async Task Work(SampleOperator edge, Grpc.Net.Client.GrpcChannel channel)
    {
        await edge.ProvisionPrices();
        await edge.ProvisionPbx("rome", Did);
        await edge.Calls.AuthorizeCallAsync(new AuthorizeCallRequest
        {
            PbxId = "rome", CallId = "c1", Direction = CallDirection.Outbound, Caller = Did, Called = "+33123456789",
        });
        var end = await edge.Calls.EndCallAsync(new EndCallRequest { PbxId = "rome", CallId = "c1", DurationMs = 61_000 });
        await edge.RatedCalls("rome", end.Settlement.BillingMonth);
        using var stream = new CallService.CallServiceClient(channel).Connect();
        await stream.RequestStream.WriteAsync(new ConnectRequest
        {
            Hello = new EdgeHello { EdgeId = "edge-1" },
            // Area 1, where c1 was in Area 2: one holds included minutes, the other held money.
            Requests = { new EdgeRequest { CorrelationId = 1, Authorize = new AuthorizeCallRequest { PbxId = "rome", CallId = "c2", Direction = CallDirection.Outbound, Caller = Did, Called = "+12125550100" } } },
        });
        await stream.ResponseStream.MoveNext(CancellationToken.None);
        await stream.RequestStream.CompleteAsync();
    }
}
