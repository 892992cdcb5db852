using Classound.Cli.Cdr;

namespace Classound.Cli.Tests.Cdr;

public sealed class FieldTests
{
    private static readonly TimeZoneInfo Detroit = TimeZoneInfo.FindSystemTimeZoneById("America/Detroit");

    [Theory]
    [InlineData("1000-01-01 00:00:00", "5", "5", "ANSWERED", "calldate", "placeholder")]
    [InlineData("0000-00-00 00:00:00", "5", "5", "ANSWERED", "calldate", "not a date and time")]
    [InlineData("2026-13-01 00:00:00", "5", "5", "ANSWERED", "calldate", "not a date and time")]
    [InlineData("2026-03-08 02:30:00", "5", "5", "ANSWERED", "calldate", "does not exist in time zone")]
    [InlineData("2026-03-01 00:00:00", "5.5", "5", "ANSWERED", "duration", "whole number")]
    [InlineData("2026-03-01 00:00:00", "5", "-1", "ANSWERED", "billsec", "whole number")]
    [InlineData("2026-03-01 00:00:00", "5", "6", "ANSWERED", "billsec", "more than the duration (5)")]
    [InlineData("2026-03-01 00:00:00", "5", "5", "", "disposition", "expected one of ANSWERED")]
    public void UnreadableField_IsRefusedByColumn(
        string date, string duration, string billsec, string disposition, string column, string reason)
    {
        var refusal = Assert.Single(Read(date, duration, billsec, disposition).Refusals);

        Assert.Equal((2, column), (refusal.Line, refusal.Column));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void LocalDates_AreReadOnTheGivenClock()
    {
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1543540774),
            Assert.Single(Read("2018-11-29 20:19:34", "37", "32", "ANSWERED").Calls).StartTime);
    }

    [Fact]
    public void HourThatHappensTwice_IsItsFirstPass()
    {
        var start = Assert.Single(Read("2026-11-01 01:30:00", "5", "5", "ANSWERED").Calls).StartTime;

        Assert.Equal(TimeSpan.FromHours(-4), start.Offset);
    }

    [Fact]
    public void AnsweredAndHungUpInTheSameSecond_IsAnswered()
    {
        var call = Assert.Single(Read("2026-03-01 09:00:00", "1", "0", "ANSWERED").Calls);

        Assert.Equal((true, 0, 1), (call.Answered, call.TalkSeconds, call.RingSeconds));
    }

    [Fact]
    public void BillsecOfAnUnansweredRow_IsNoTalk()
    {
        var call = Assert.Single(Read("2026-03-01 09:00:00", "13", "13", "NO ANSWER").Calls);

        Assert.Equal((false, 0), (call.Answered, call.TalkSeconds));
    }

    [Fact]
    public void ClockThatDisagreesWithTheUniqueIds_IsWarnedOf()
    {
        var file = Read("2018-11-29 20:19:34", "37", "32", "ANSWERED");

        Assert.Null(ClockCheck.Warning(file.Calls, Detroit));
        var wrong = Read("2018-11-29 20:19:34", "37", "32", "ANSWERED", TimeZoneInfo.Utc);
        Assert.Contains("05:00 too early", ClockCheck.Warning(wrong.Calls, TimeZoneInfo.Utc), StringComparison.Ordinal);
    }

    private static CdrFile Read(string date, string duration, string billsec, string disposition, TimeZoneInfo? zone = null) =>
        CdrText.Read(
            "src,dst,channel,dstchannel,lastapp,lastdata,calldate,duration,billsec,disposition,uniqueid\n"
            + "201,12125550143,PJSIP/201-00000001,PJSIP/t-00000002,Dial,PJSIP/12125550143@t,"
            + $"{date},{duration},{billsec},{disposition},1543540774.0\n",
            new CdrReadOptions(null, null, zone ?? Detroit, []));
}
