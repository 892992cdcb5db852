using Classound.Cli.Output;
using Classound.Cli.Replay;
using Classound.Cli.Tests.Fakes;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cli.Tests.Replay;

/// <summary>Runs replays against a fake operator.</summary>
internal static class Replaying
{
    public static readonly ReplayProvisioning Provisioning = new("END_USER", "FLAT", null);

    public static FakeOperator Operator() => new()
    {
        Plans = { new PlanVersion { PlanCode = "FLAT", EffectiveDate = "2010-01-01", Sharing = PlanSharing.Pooled } },
        PriceLists =
        {
            new PriceList
            {
                PriceListType = "END_USER", Version = 1, CurrencyCode = "EUR", TimeZone = "Europe/Rome",
                EffectiveTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
            },
        },
    };

    public static ReplayOptions Small(string name = "freepbx-columns-moved.csv") => new()
    {
        File = Path.Combine(AppContext.BaseDirectory, "Data", name), PbxId = "acme", Country = "US", Provision = Provisioning,
    };

    public static async Task<(ReplaySummary Summary, string Text)> RunAsync(
        ReplayOptions options, FakeOperator service, TimeProvider? clock = null)
    {
        var text = new StringWriter();
        var summary = await ReplayCommand.RunAsync(
            options, service.Channel, CliOutput.ConsoleOn(text), clock ?? new ImpatientClock(), CancellationToken.None);
        return (summary, text.ToString());
    }

    public static Dictionary<ReplayBucket, int> Buckets(this ReplaySummary summary) =>
        System.Enum.GetValues<ReplayBucket>().Select(bucket => (bucket, count: summary.Count(bucket)))
            .Where(static pair => pair.count > 0).ToDictionary();
}
