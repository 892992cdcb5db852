using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Rating.V1;
using Classound.Contracts.Reports.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Classound.EndToEnd.Tests;

/// <summary>One program, several processes: calls in a silo, and every other service alone in a client of the cluster.</summary>
public sealed class RoleTests
{
    private const string Did = "+39061234567";

    [SkippableFact]
    public async Task EachServiceAloneInAProcess_IsOneOperatorTogether()
    {
        await using var cluster = await SiloCluster.Start(0);
        // The back office first: pods start in any order.
        var starting = new[] { "provisioning", "billing", "rating" }.Select(service => Start(cluster, "back-office", service)).ToList();
        cluster.Silos.Add(await Start(cluster, "silo", "calls"));
        cluster.Silos.AddRange(await Task.WhenAll(starting));
        cluster.Silos.Add(await Start(cluster, "silo", "reports"));
        using var calls = cluster.Silos[0].Connect();
        using var provisioning = cluster.Silos[1].Connect();
        using var billing = cluster.Silos[2].Connect();
        using var rating = cluster.Silos[3].Connect();
        using var reports = cluster.Silos[4].Connect();

        var operations = new SampleOperator(provisioning);
        await operations.ProvisionPrices();
        await operations.ProvisionPbx("rome", Did);
        var quote = await ClusterStartTests.Answered(() => new RatingService.RatingServiceClient(rating).QuoteCallAsync(
            new QuoteCallRequest { PbxId = "rome", Caller = Did, Called = "+33123456789", DurationSeconds = 60 }));
        Assert.Equal(60_000_000, quote.ChargeNanos);

        var edge = new SampleOperator(calls).Calls;
        Assert.NotNull((await ClusterStartTests.Answered(() => edge.AuthorizeCallAsync(Call()))).Grant);
        var settled = await ClusterStartTests.Answered(() => edge.EndCallAsync(new EndCallRequest { PbxId = "rome", CallId = "c1", DurationMs = 61_000 }));
        var month = settled.Settlement.BillingMonth;
        Assert.Equal(settled.Settlement, Assert.Single(await new SampleOperator(billing).RatedCalls("rome", month)));

        var statistics = await new ReportService.ReportServiceClient(reports).GetCallStatisticsAsync(
            new GetCallStatisticsRequest { PbxId = "rome", FirstBillingMonth = month });
        Assert.Equal((1, 61, settled.Settlement.Charges[0].AmountNanos), (statistics.Total.Calls, statistics.Total.CallSeconds, statistics.Total.ChargeNanos));

        await IsElsewhere(() => new SampleOperator(reports).Billing.GetRatedTotalsAsync(new() { PbxId = "rome", BillingMonth = month }));
        await IsElsewhere(() => new SampleOperator(billing).Calls.AuthorizeCallAsync(Call()));
        await IsElsewhere(() => new SampleOperator(calls).Billing.GetRatedTotalsAsync(new() { PbxId = "rome", BillingMonth = month }));
        await IsElsewhere(() => new SampleOperator(calls).Pbxs.GetPbxAsync(new() { PbxId = "rome" }));
    }

    private static Task<SiloProcess> Start(SiloCluster cluster, string role, string services) => SiloProcess.Start(
        "unused", new Dictionary<string, string>
        {
            ["Store"] = "redis", ["Redis"] = cluster.Redis.Configuration, ["Role"] = role, ["Services"] = services,
        });

    private static async Task IsElsewhere<T>(Func<AsyncUnaryCall<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    private static AuthorizeCallRequest Call() => new()
    {
        PbxId = "rome", CallId = "c1", Direction = CallDirection.Outbound, Caller = Did, Called = "+33123456789",
    };
}
