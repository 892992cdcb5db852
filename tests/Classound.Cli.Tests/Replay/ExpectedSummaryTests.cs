using Classound.Cli.Cdr;
using Classound.Cli.Numbering;
using Classound.Cli.Replay;

namespace Classound.Cli.Tests.Replay;

/// <summary>The parts of ExpectedSummaries.md that need no service; the denials are what the service must say to these calls.</summary>
public sealed class ExpectedSummaryTests
{
    private const string FreePbx = "data/cdr/freepbx_asteriskcdrdb_574.csv";
    private const string Multitenant = "data/cdr/asterisk_pjsip_multitenant_1000_malformed_quotes.csv";

    [SkippableFact]
    public void FreePbxFile_FallsIntoTheExpectedBuckets()
    {
        var (file, plan) = Load(FreePbx, "MX", "UTC", "+526871326510");

        Assert.Equal(574, file.Rows);
        Assert.Equal((202, 222, 42, 108), (plan.Inbound, plan.Internal, plan.Refused.Count, plan.Calls.Count));
        Assert.Equal(38, plan.Refused.Count(static refusal => refusal.Column == "calldate"));
        Assert.Equal([108, 109, 111, 144],
            plan.Refused.Where(static refusal => refusal.Column == "lastdata").Select(static refusal => refusal.Line));
        Assert.Equal(
            [149, 150, 161, 246, 247, 248, 306, 327, 369, 370, 382, 393],
            plan.Calls.Where(static call => call.IsEmergency).Select(static call => call.Row.Line).Order());
        Assert.Equal(51, NotE164(plan));
        var (settled, unanswered) = Passed(plan);
        Assert.Equal((45, 2116L, 0), (settled.Count, settled.Sum(static call => (long)call.Row.TalkSeconds), unanswered));
        Assert.Equal(
            [("+526682234660", 39), ("+526671234072", 4), ("+526871326510", 1), ("+526871350908", 1)],
            settled.CountBy(static call => call.Called).Select(static pair => (pair.Key, pair.Value))
                .OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(83, plan.Calls.Count(static call => call is { UsesMainNumber: true, IsEmergency: false }));
        Assert.Null(ClockCheck.Warning(file.Calls, TimeZoneInfo.Utc));
    }

    [SkippableFact]
    public void MultitenantFile_FallsIntoTheExpectedBuckets()
    {
        var (file, plan) = Load(Multitenant, "US", "America/Detroit", "+12484364787");

        Assert.Equal((1000, 773), (file.Rows, file.RecoveredRows));
        Assert.Equal(["Bandwidth", "IDT", "VIOrig", "VITerm", "thinQ"], file.Trunks);
        Assert.Equal((207, 586, 206), (plan.Inbound, plan.Internal, plan.Calls.Count));
        Assert.Equal((207, "lastdata", "PJSIP/99901"),
            plan.Refused.Select(static refusal => (refusal.Line, refusal.Column, refusal.Value)).Single());
        Assert.Equal(23, NotE164(plan));
        Assert.DoesNotContain(plan.Calls, static call => call.IsEmergency);
        Assert.Equal(["+12484364787"], plan.OwnNumbers);
        Assert.Equal([705, 706, 784, 937],
            plan.Calls.Where(call => !plan.OwnNumbers.Contains(call.Caller)).Select(static call => call.Row.Line));
        var (settled, unanswered) = Passed(plan);
        Assert.Equal((107, 9906L, 72), (settled.Count, settled.Sum(static call => (long)call.Row.TalkSeconds), unanswered));
        Assert.Equal((4, 56L), (settled.Count(IsIndian), settled.Where(IsIndian).Sum(static call => (long)call.Row.TalkSeconds)));
        Assert.Equal([(269, 2148), (274, 693), (832, 1063)],
            settled.Where(static call => call.Row.TalkSeconds > 600).Select(static call => (call.Row.Line, call.Row.TalkSeconds)).Order());
        Assert.Equal(155, settled.Single(static call => call.Row.TalkSeconds == 0).Row.Line);
        Assert.Equal("+18475988422", plan.Calls.Single(static call => call.Row.Line == 172).Called);
        Assert.Equal(47, plan.Calls.Count(static call => call.UsesMainNumber));
        Assert.Null(ClockCheck.Warning(file.Calls, Zone("America/Detroit")));
        Assert.Contains("05:00 too early", ClockCheck.Warning(Load(Multitenant, "US", "UTC", null).File.Calls, TimeZoneInfo.Utc),
            StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(FreePbx, "MX", "UTC", 83, 6, 7, 224L, 0)]
    [InlineData(Multitenant, "US", "America/Detroit", 47, 23, 73, 7759L, 59)]
    public void WithoutAMainNumber_CallersThatAreExtensionsAreLeftToTheService(
        string path, string country, string zone, int callerNotE164, int calledNotE164, int settled, long seconds, int unanswered)
    {
        var (_, plan) = Load(path, country, zone, null);

        Assert.Equal(callerNotE164, plan.Calls.Count(static call => !call.IsEmergency && call.Caller is not ['+', ..]));
        Assert.Equal(calledNotE164, NotE164(plan));
        var (passed, never) = Passed(plan);
        Assert.Equal((settled, seconds, unanswered), (passed.Count, passed.Sum(static call => (long)call.Row.TalkSeconds), never));
    }

    [SkippableTheory]
    [InlineData("data/cdr/freeswitch_csv_hangup_causes_10.csv", CdrDialect.FreeSwitch, 0, 10, 0)]
    [InlineData("data/cdr/lt_epoch_cdrs.csv", CdrDialect.Epoch, 7, 0, 3)]
    [InlineData("data/cdr/asterisk_clid_quadruple_quotes_14.csv", CdrDialect.AsteriskCustom, 0, 14, 0)]
    public void SmallFiles_AreReadWithoutAnyOption(string path, CdrDialect dialect, int outbound, int inside, int refused)
    {
        var (file, plan) = Load(path, "LT", "UTC", null);

        Assert.Equal(dialect, file.Format.Dialect);
        Assert.Equal((outbound, inside, refused), (plan.Calls.Count, plan.Internal, plan.Refused.Count));
    }

    private static (CdrFile File, ReplayPlan Plan) Load(string path, string country, string zone, string? mainNumber)
    {
        var numbers = new NumberNormaliser(country);
        var file = CdrFile.Read(SharedData.Read(path), new CdrReadOptions(null, null, Zone(zone), []), numbers.IsPublicNumber);
        return (file, ReplayPlan.Of(file, numbers, mainNumber));
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static bool IsIndian(PlannedCall call) => call.Called.StartsWith("+91", StringComparison.Ordinal);

    /// <summary>Calls that the service must refuse for their called number alone: their caller is E.164.</summary>
    private static int NotE164(ReplayPlan plan) =>
        plan.Calls.Count(static call => !call.IsEmergency && call.Caller is ['+', ..] && call.Called is not ['+', ..]);

    private static (List<PlannedCall> Settled, int Unanswered) Passed(ReplayPlan plan)
    {
        var passed = plan.Calls.Where(call => !call.IsEmergency && call.Called is ['+', ..]
            && plan.OwnNumbers.Contains(call.Caller)).ToList();
        return (passed.Where(static call => call.Row.Answered).ToList(), passed.Count(static call => !call.Row.Answered));
    }
}
