using Classound.Cli.Replay;

namespace Classound.Cli.Tests.Replay;

/// <summary>The whole summaries of ExpectedSummaries.md, against a service that keeps the contracts.</summary>
public sealed class RealFilesReplayTests
{
    [SkippableTheory]
    [InlineData("data/cdr/freepbx_asteriskcdrdb_574.csv", "MX", "UTC", "+526871326510", 45, 0, 51, 12, 202, 222, 42, 2116L)]
    [InlineData("data/cdr/asterisk_pjsip_multitenant_1000_malformed_quotes.csv", "US", "America/Detroit", "+12484364787", 107, 72, 27, 0,
        207, 586, 1, 9906L)]
    public async Task RealFile_GivesTheExpectedSummaryTwice(
        string path, string country, string zone, string main, int settled, int unanswered, int denied, int emergency, int inbound,
        int inside, int refused, long seconds)
    {
        var file = SharedData.Find(path);
        Skip.If(file is null, $"{path} is not in CLASSOUND_SHARED nor in ../shared");
        var service = Replaying.Operator();
        var options = new ReplayOptions
        {
            File = file!, PbxId = "real", Country = country, TimeZone = zone, MainNumber = main, Provision = Replaying.Provisioning,
        };

        var (first, _) = await Replaying.RunAsync(options, service);
        var (second, _) = await Replaying.RunAsync(options with { Parallel = 4 }, service);

        Assert.Equal((settled, unanswered, denied, emergency), Sent(first));
        Assert.Equal((inbound, inside, refused),
            (first.Count(ReplayBucket.Inbound), first.Count(ReplayBucket.Internal), first.Count(ReplayBucket.Refused)));
        Assert.Equal((0, seconds), (first.Count(ReplayBucket.AlreadySettled), first.SettledSeconds));
        Assert.Equal((0, 0, denied, emergency), Sent(second));
        Assert.Equal(settled + unanswered, second.Count(ReplayBucket.AlreadySettled));
        Assert.Equal(seconds, service.Settled.Values.Sum(static call => (long)call.CallSeconds));
        Assert.Equal(first.Rows.Select(static row => row.Line), first.Rows.Select(static row => row.Line).Distinct());
    }

    private static (int, int, int, int) Sent(ReplaySummary summary) =>
        (summary.Count(ReplayBucket.Settled), summary.Count(ReplayBucket.Unanswered), summary.Count(ReplayBucket.Denied),
            summary.Count(ReplayBucket.Emergency));
}
