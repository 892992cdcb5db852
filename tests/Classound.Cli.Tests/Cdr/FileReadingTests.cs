using Classound.Cli.Cdr;

namespace Classound.Cli.Tests.Cdr;

public sealed class FileReadingTests
{
    [Fact]
    public void FreePbxColumnsInAnotherOrderAndSemicolons_AreReadByName()
    {
        var file = CdrText.ReadData("freepbx-columns-moved.csv");

        Assert.Equal((CdrDialect.Asterisk, ';', true), (file.Format.Dialect, file.Format.Delimiter, file.Format.HasHeader));
        Assert.Empty(file.Refusals);
        Assert.Equal(["carrier"], file.Trunks);
        Assert.Equal(
            [
                CdrDirection.Outbound, CdrDirection.Internal, CdrDirection.Inbound,
                CdrDirection.Outbound, CdrDirection.Outbound, CdrDirection.Internal,
            ],
            file.Calls.Select(static call => call.Direction));
        var first = file.AtLine(2);
        Assert.Equal(("+12125550100", 6, 60, true, "201"),
            (first.Caller, first.RingSeconds, first.TalkSeconds, first.Answered, first.User));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 0, 6, TimeSpan.Zero), first.AnswerTime);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 1, 6, TimeSpan.Zero), first.EndTime);
    }

    [Fact]
    public void ForwardedCall_IsOutboundToTheNumberHandedToTheTrunk()
    {
        var forwarded = CdrText.ReadData("freepbx-columns-moved.csv").AtLine(6);

        Assert.Equal(["12125550188"], forwarded.Dialled);
        Assert.False(forwarded.PlacedLocally);
        Assert.Equal("", forwarded.User);
    }

    [Fact]
    public void MasterCsvWithoutHeader_IsRecognisedByItsDisposition()
    {
        var file = CdrText.ReadData("asterisk-master.csv");

        Assert.Equal((CdrDialect.AsteriskMaster, false), (file.Format.Dialect, file.Format.HasHeader));
        Assert.Equal(
            [CdrDirection.Outbound, CdrDirection.Internal, CdrDirection.Inbound, CdrDirection.Outbound],
            file.Calls.Select(static call => call.Direction));
        Assert.Equal("BUSY", file.AtLine(4).Outcome);
    }

    [Fact]
    public void CustomCsvWithQuotesInQuotes_IsRecognisedAndInternal()
    {
        var file = CdrText.ReadData("asterisk-custom.csv");

        Assert.Equal(CdrDialect.AsteriskCustom, file.Format.Dialect);
        Assert.Equal(CdrDirection.Internal, Assert.Single(file.Calls).Direction);
        Assert.Equal("ann", file.Calls[0].Caller);
    }

    [Fact]
    public void FreeSwitchRows_AreClassifiedByContextAndDestination()
    {
        var file = CdrText.ReadData("freeswitch.csv");

        Assert.Equal(CdrDialect.FreeSwitch, file.Format.Dialect);
        Assert.Equal(
            [CdrDirection.Outbound, CdrDirection.Internal, CdrDirection.Inbound, CdrDirection.Internal, CdrDirection.Outbound],
            file.Calls.Select(static call => call.Direction));
        Assert.False(file.AtLine(5).Answered);
    }

    [Fact]
    public void EpochRows_AreRefusedByColumnWhereTheyContradictThemselves()
    {
        var file = CdrText.ReadData("epoch.csv");

        Assert.Equal((CdrDialect.Epoch, '|'), (file.Format.Dialect, file.Format.Delimiter));
        Assert.Equal([(2, 90, true), (4, 0, false)], file.Calls.Select(static call => (call.Line, call.TalkSeconds, call.Answered)));
        Assert.Equal(
            [(3, "ENDDATE", "1772355690"), (5, "STARTDATE", "yesterday"), (6, "STATUS", "perhaps")],
            file.Refusals.Select(static refusal => (refusal.Line, refusal.Column, refusal.Value)));
        Assert.Equal((5, 1), (file.Rows, file.BlankLines));
    }

    [Fact]
    public void UnknownLayout_NamesTheOptionsToGive()
    {
        var refusal = Assert.Throws<CdrFormatException>(() => CdrText.Read("a,b,c\n1,2,3\n"));

        Assert.Contains("3 columns", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--dialect (asterisk, asterisk-master, asterisk-custom, freeswitch, epoch)", refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void SameBytes_GiveTheSameCallIds()
    {
        var file = CdrText.ReadData("epoch.csv");

        Assert.Matches("^[0-9a-f]{16}-2$", file.CallIdOf(file.Calls[0]));
        Assert.Equal(file.CallIdOf(file.Calls[0]), CdrText.ReadData("epoch.csv").CallIdOf(file.Calls[0]));
    }
}
