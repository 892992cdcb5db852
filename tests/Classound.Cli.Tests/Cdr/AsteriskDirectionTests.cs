using Classound.Cli.Cdr;

namespace Classound.Cli.Tests.Cdr;

public sealed class AsteriskDirectionTests
{
    private const string Header =
        "clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,calldate,duration,billsec,disposition,uniqueid";

    [Theory]
    [InlineData("from-internal", "PJSIP/201-00000001", "PJSIP/t-00000002", "Dial", "PJSIP/12125550143@t,300", CdrDirection.Outbound)]
    [InlineData("from-internal", "PJSIP/201-00000001", "PJSIP/202-00000002", "Dial", "PJSIP/202/sip:202@10.0.0.5,,Tt",
        CdrDirection.Internal)]
    [InlineData("from-internal", "PJSIP/201-00000001", "Local/12125550143@from-internal-00000000;1", "Dial",
        "Local/12125550143@from-internal/n", CdrDirection.Internal)]
    [InlineData("from-internal", "Local/12125550143@from-internal-00000000;2", "PJSIP/t-00000002", "Dial", "PJSIP/12125550143@t",
        CdrDirection.Outbound)]
    [InlineData("ext-local", "PJSIP/t-00000001", "PJSIP/202-00000002", "Dial", "PJSIP/202/sip:202@10.0.0.5", CdrDirection.Inbound)]
    [InlineData("from-pstn", "PJSIP/u-00000001", "", "Playback", "ss-noservice", CdrDirection.Inbound)]
    [InlineData("followme-check", "PJSIP/t-00000001", "PJSIP/t-00000002", "Dial", "PJSIP/12125550143@t", CdrDirection.Outbound)]
    [InlineData("from-internal", "PJSIP/201-00000001", "", "VoiceMailMain", "201@default", CdrDirection.Internal)]
    [InlineData("default", "PJSIP/201-00000001", "PJSIP/t-00000009", "ConfBridge", "6112", CdrDirection.Internal)]
    [InlineData("from-internal", "PJSIP/201-00000001", "PJSIP/t-00000002", "Dial", "PJSIP/202&PJSIP/12125550143@t,30",
        CdrDirection.Outbound)]
    [InlineData("from-internal", "PJSIP/201-00000001", "PJSIP/202-00000002", "Dial", "PJSIP/202&PJSIP/12125550143@t,30",
        CdrDirection.Internal)]
    public void Row_GoesWhereItsOwnChannelsSay(
        string context, string channel, string dialled, string application, string data, CdrDirection expected)
    {
        var file = CdrText.Read($"{Header}\n{Row("12125550143", context, channel, dialled, application, data)}\n{KnownTrunk}\n");

        Assert.Equal(expected, file.AtLine(2).Direction);
    }

    [Fact]
    public void LegMovedIntoAConference_GoesOnUnderTheNumberDialledBefore()
    {
        var dialled = Row("8000", "rooms", "PJSIP/201-00000001", "PJSIP/t-00000002", "Dial", "PJSIP/12125550143@t");
        var moved = Row("8000", "rooms", "PJSIP/201-00000001", "PJSIP/t-00000002", "ConfBridge", "8000");

        var file = CdrText.Read($"{Header}\n{dialled}\n{moved}\n");

        Assert.All(file.Calls, static call => Assert.Equal(CdrDirection.Outbound, call.Direction));
        Assert.All(file.Calls, static call => Assert.Equal(["12125550143"], call.Dialled));
    }

    [Fact]
    public void TrunkLegWithoutANumber_IsRefusedNotGuessed()
    {
        var row = Row("12125550143", "followme-check", "PJSIP/201-00000001", "PJSIP/t-00000002", "Dial", "VIRTUAL/6001,27");

        var file = CdrText.Read($"{Header}\n{row}\n{KnownTrunk}\n");

        var refusal = Assert.Single(file.Refusals);
        Assert.Equal((2, "lastdata"), (refusal.Line, refusal.Column));
        Assert.Contains("trunk t", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TrunkGivenByPattern_IsATrunkWithoutDialData()
    {
        const string text = "src,dst,channel,dstchannel,calldate,duration,billsec,disposition\n"
            + "201,12125550143,SIP/201-1,SIP/gw-east-2,2026-03-01 09:00:00,9,5,ANSWERED\n";

        Assert.Equal(CdrDirection.Internal, Assert.Single(CdrText.Read(text).Calls).Direction);
        var given = Assert.Single(CdrText.Read(text, CdrText.Detect with { TrunkPatterns = ["gw-*"] }).Calls);
        Assert.Equal((CdrDirection.Outbound, "gw-east"), (given.Direction, given.Trunk));
    }

    [Theory]
    [InlineData("2125550143", "12125559999@t", new[] { "2125550143", "12125559999" })]
    [InlineData("011919885915743", "99901011919885912543@t", new[] { "011919885915743", "99901011919885912543" })]
    [InlineData("6001", "12125550143@t", new[] { "12125550143" })]
    [InlineData("2125550143", "13035550143@t", new[] { "13035550143" })]
    [InlineData("321", "321@t", new[] { "321" })]
    public void CalledNumber_IsDstOnlyWhenTheTrunkGotTheSame(string dst, string target, string[] expected)
    {
        var file = CdrText.Read(
            $"{Header}\n{Row(dst, "from-internal", "PJSIP/201-00000001", "PJSIP/t-00000002", "Dial", "PJSIP/" + target)}\n");

        Assert.Equal(expected, Assert.Single(file.Calls).Dialled);
    }

    private static readonly string KnownTrunk = Row("1", "x", "PJSIP/209-00000001", "PJSIP/t-0000000f", "Dial", "PJSIP/12125550143@t");

    private static string Row(string dst, string context, string channel, string dialled, string application, string data) =>
        $"<201>,201,{dst},{context},{channel},{dialled},{application},\"{data}\",2026-03-01 09:00:00,9,5,ANSWERED,1772355600.1";
}
