using System.Globalization;
using System.Text.RegularExpressions;
using Classound.Cli.Replay;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Provisioning.V1;
using Spectre.Console;

namespace Classound.EndToEnd.Tests;

/// <summary>
/// The main job on real input: two real CDR files through the real host. The expected summaries were written by hand
/// (tests/Classound.Cli.Tests/ExpectedSummaries.md); the totals are computed again here, naively, from the raw lines.
/// </summary>
public sealed partial class ReplayTests
{
    private const string SmallPlan = "TEST-SMALL";
    private const int SmallPlanMinutes = 20;

    [SkippableFact]
    public async Task FreePbx_GivesTheExpectedSummary_AndTheTotalsOfANaiveComputation()
    {
        var file = SharedData.File("data", "cdr", "freepbx_asteriskcdrdb_574.csv");
        var options = Options(file, "freepbx", "MX", "UTC", "+526871326510");
        await Replayed(options, FreePbxTimes(), async (first, again, operatorSide) =>
        {
            Assert.Equal(574, first.RowsRead);
            Assert.Equal((45, 0, 51, 12, 202, 222, 0, 42), Buckets(first));
            Assert.Equal(2_116, first.SettledSeconds);
            Assert.Equal([new("CALLED_NOT_E164", 51)], first.DeniedByReason);
            Assert.Equal((0, 0, 51, 12, 202, 222, 45, 42), Buckets(again));
            // 20 included minutes a month do not last: the file crosses them.
            Assert.NotEqual(0, first.ChargeNanos);
            await Task.CompletedTask;
        });
    }

    [SkippableFact]
    public async Task AsteriskWithMalformedQuotes_GivesTheExpectedSummary_AndTheTotalsOfANaiveComputation()
    {
        var file = SharedData.File("data", "cdr", "asterisk_pjsip_multitenant_1000_malformed_quotes.csv");
        var options = Options(file, "pjsip", "US", "America/Detroit", "+12484364787");
        await Replayed(options, AsteriskTimes(), (first, again, _) =>
        {
            Assert.Equal(1_000, first.RowsRead);
            Assert.Equal((107, 72, 27, 0, 207, 586, 0, 1), Buckets(first));
            Assert.Equal(9_906, first.SettledSeconds);
            Assert.Equal([new("CALLED_NOT_E164", 23), new("CALLER_ID_NOT_OWNED", 4)], first.DeniedByReason);
            Assert.Equal((0, 0, 27, 0, 207, 586, 179, 1), Buckets(again));
            return Task.CompletedTask;
        });
    }

    private static async Task Replayed(
        ReplayOptions options, Regex times, Func<ReplaySummary, ReplaySummary, SampleOperator, Task> check)
    {
        var folder = Directory.CreateTempSubdirectory("classound-replay-").FullName;
        try
        {
            await using var silo = await SiloProcess.Start(folder);
            using var channel = silo.Connect();
            var operatorSide = new SampleOperator(channel);
            await operatorSide.ProvisionPrices();
            await new PlanService.PlanServiceClient(channel).CreatePlanVersionAsync(new CreatePlanVersionRequest
            {
                Plan = new PlanVersion
                {
                    PlanCode = SmallPlan, EffectiveDate = "2015-01-01", Term = PlanTerm.Monthly, MinutesPerUser = SmallPlanMinutes,
                    Sharing = PlanSharing.Pooled, CurrencyCode = "EUR", Bands = { new UserBand { MaxUsers = 1_000 } },
                },
            });
            var first = await ReplayCommand.RunAsync(options, channel, Silent(), TimeProvider.System, default);
            var totals = await Totals(operatorSide, options, times);
            var naive = NaiveTotals(first, System.IO.File.ReadAllLines(options.File), times);
            Assert.Equal(naive, totals);

            var again = await ReplayCommand.RunAsync(options, channel, Silent(), TimeProvider.System, default);
            Assert.Equal(totals, await Totals(operatorSide, options, times));
            await check(first, again, operatorSide);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Second by second, from the raw lines: Area 1 in whole minutes at 0.02 with 20 minutes a month included,
    /// Area 2 (India) by the second at 0.06 a minute. Calls one after the other, in the order of their start.
    /// </summary>
    private static Dictionary<(string Month, int Area), (long Calls, long Seconds, long Included, long Charged, long Nanos)> NaiveTotals(
        ReplaySummary summary, string[] lines, Regex times)
    {
        var totals = new Dictionary<(string, int), (long Calls, long Seconds, long Included, long Charged, long Nanos)>();
        var left = new Dictionary<string, int>();
        var calls = summary.Rows.Where(row => row.Bucket is ReplayBucket.Settled or ReplayBucket.Unanswered)
            .Select(row => (row.Called, row.Line, Match: times.Match(lines[row.Line - 1])))
            .OrderBy(call => call.Match.Groups["start"].Value, StringComparer.Ordinal).ThenBy(call => call.Line);
        foreach (var call in calls)
        {
            Assert.True(call.Match.Success, $"line {call.Line} has no times where they are expected");
            var month = call.Match.Groups["start"].Value[..7];
            var seconds = call.Match.Groups["outcome"].Value == "ANSWERED"
                ? int.Parse(call.Match.Groups["billsec"].Value, CultureInfo.InvariantCulture) : 0;
            var area = call.Called.StartsWith("+91", StringComparison.Ordinal) ? 2 : 1;
            int included = 0, charged = 0;
            left.TryAdd(month, SmallPlanMinutes);
            for (var elapsed = 0; elapsed < seconds; elapsed += area == 1 ? 60 : 1)
            {
                if (area == 2) charged++;
                else if (left[month]-- > 0) included += 60;
                else charged += 60;
            }
            var nanos = area == 1 ? charged / 60 * 20_000_000L : RoundToFourDecimals(charged);
            var sum = totals.GetValueOrDefault((month, area));
            totals[(month, area)] =
                (sum.Calls + 1, sum.Seconds + seconds, sum.Included + included, sum.Charged + charged, sum.Nanos + nanos);
        }
        return totals;
    }

    // 0.06 a minute is 0.001 a second: four decimals hold it exactly.
    private static long RoundToFourDecimals(int seconds) => seconds * 1_000_000L;

    private static async Task<Dictionary<(string Month, int Area), (long Calls, long Seconds, long Included, long Charged, long Nanos)>> Totals(
        SampleOperator operatorSide, ReplayOptions options, Regex times)
    {
        var months = System.IO.File.ReadAllLines(options.File).Select(line => times.Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["start"].Value[..7]).Where(month => !month.StartsWith("1000", StringComparison.Ordinal)).Distinct();
        var totals = new Dictionary<(string, int), (long, long, long, long, long)>();
        foreach (var month in months)
        {
            foreach (var row in (await operatorSide.Totals(options.PbxId, month)).Rows)
                totals[(month, row.Area)] = (row.Calls, row.CallSeconds, row.IncludedSeconds, row.ChargedSeconds, row.ChargeNanos);
            var rated = await operatorSide.RatedCalls(options.PbxId, month);
            Assert.Equal(totals.Where(t => t.Key.Item1 == month).Sum(t => t.Value.Item1), rated.Count);
            Assert.Equal(
                totals.Where(t => t.Key.Item1 == month).Sum(t => t.Value.Item5), rated.Sum(c => c.Charges.Sum(part => part.AmountNanos)));
        }
        return totals;
    }

    private static ReplayOptions Options(string file, string pbxId, string country, string zone, string mainNumber) => new()
    {
        File = file, PbxId = pbxId, Country = country, TimeZone = zone, MainNumber = mainNumber,
        Provision = new ReplayProvisioning(SampleOperator.ListType, SmallPlan, Users: 1),
    };

    private static (int Settled, int Unanswered, int Denied, int Emergency, int Inbound, int Internal, int Already, int Refused) Buckets(
        ReplaySummary summary) => (
        summary.Count(ReplayBucket.Settled), summary.Count(ReplayBucket.Unanswered), summary.Count(ReplayBucket.Denied),
        summary.Count(ReplayBucket.Emergency), summary.Count(ReplayBucket.Inbound), summary.Count(ReplayBucket.Internal),
        summary.Count(ReplayBucket.AlreadySettled), summary.Count(ReplayBucket.Refused));

    private static IAnsiConsole Silent() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Ansi = AnsiSupport.No });

    [GeneratedRegex("^(?<start>[0-9: -]{19}),.*,[0-9]+,(?<billsec>[0-9]+),(?<outcome>ANSWERED|NO ANSWER|BUSY|FAILED),")]
    private static partial Regex FreePbxTimes();

    [GeneratedRegex(",\"(?<start>[0-9: -]{19})\",[0-9]+,(?<billsec>[0-9]+),NULL,\"?(?<outcome>[A-Z ]+)\"?,")]
    private static partial Regex AsteriskTimes();
}
