using Classound.Cli.Cdr;

namespace Classound.Cli.Tests.Cdr;

public sealed class RecoveryTests
{
    private const string Header = "clid,src,dst,channel,dstchannel,lastapp,lastdata,calldate,duration,billsec,disposition,uniqueid";
    private const string Rest = ",201,12125550143,PJSIP/201-00000001,PJSIP/t-00000002,Dial,\"PJSIP/12125550143@t,300,T\","
        + "2026-03-01 09:00:00,9,5,ANSWERED,1772355600.1";

    [Theory]
    [InlineData("\"\"Ann B\" <201>\"", "201")]
    [InlineData("\"\"Doe, John\" <201>\"", "201")]
    [InlineData("\"\"\" <12125550100>\"", "12125550100")]
    [InlineData("\"\"\"Ann\"\" <201>\"", "201")]
    [InlineData("\"\"\"\"\" <201>\"", "201")]
    public void CallerIdQuotedInAnyOfTheWaysOfExports_KeepsItsNumber(string callerId, string number)
    {
        var file = CdrText.Read($"{Header}\n{callerId}{Rest}\n");

        Assert.Equal(number, Assert.Single(file.Calls).Caller);
        Assert.Empty(file.Refusals);
    }

    [Fact]
    public void OpenQuote_SpoilsItsOwnLineOnly()
    {
        var file = CdrText.Read($"{Header}\n201{Rest}\n\"open{Rest}\n202{Rest}\n\n203{Rest}\n");

        Assert.Equal([2, 4, 6], file.Calls.Select(static call => call.Line));
        var refusal = Assert.Single(file.Refusals);
        Assert.Equal((3, "row"), (refusal.Line, refusal.Column));
        Assert.Equal((4, 1), (file.Rows, file.BlankLines));
    }

    [Fact]
    public void TooFewColumns_AreRefusedWithBothCounts()
    {
        var refusal = Assert.Single(CdrText.Read($"{Header}\n201{Rest}\n201,12125550143\n").Refusals);

        Assert.Equal((3, "has 2 columns, expected 12"), (refusal.Line, refusal.Reason));
    }

    [Fact]
    public void CarriageReturns_DoNotMoveLineNumbers()
    {
        var file = CdrText.Read($"{Header}\r\n201{Rest}\r\n\r\n202{Rest.Replace("ANSWERED", "PERHAPS", StringComparison.Ordinal)}\r\n");

        Assert.Equal(2, Assert.Single(file.Calls).Line);
        var refusal = Assert.Single(file.Refusals);
        Assert.Equal((4, "disposition", "PERHAPS"), (refusal.Line, refusal.Column, refusal.Value));
    }

    [Theory]
    [InlineData("a,\"b,c\",d", new[] { "a", "b,c", "d" })]
    [InlineData("a,,", new[] { "a", "", "" })]
    [InlineData("\"\",\"x\"", new[] { "", "x" })]
    [InlineData("\"a", null)]
    public void Split_FollowsTheStatedRule(string line, string[]? fields) => Assert.Equal(fields, QuoteRecovery.Split(line, ','));
}
