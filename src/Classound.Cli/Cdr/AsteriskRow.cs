using System.Globalization;

namespace Classound.Cli.Cdr;

/// <summary>One Asterisk row with its fields read and checked; its direction needs the trunks of the whole file.</summary>
public sealed record AsteriskRow(
    int Line,
    DateTimeOffset StartTime,
    int TotalSeconds,
    int TalkSeconds,
    string Outcome,
    string Caller,
    string Dialled,
    string Context,
    string ChannelName,
    string DialledChannelName,
    string Application,
    string ApplicationData,
    bool HasApplicationData,
    string UniqueId)
{
    public AsteriskChannel Channel { get; } = AsteriskChannel.Parse(ChannelName);

    public AsteriskChannel DialledChannel { get; } = AsteriskChannel.Parse(DialledChannelName);

    public IReadOnlyList<AsteriskDialTarget> Targets { get; } =
        AsteriskApplications.DialsNumbers(Application) ? AsteriskDialTarget.ParseAll(ApplicationData) : [];

    public bool IsAnswered => Disposition.IsAnswered(Outcome);

    /// <summary>The seconds in a unique id such as 1543540774.0 or pbx1-1543540774.0; 0 where there are none.</summary>
    public long UniqueIdSeconds
    {
        get
        {
            var text = UniqueId.AsSpan(UniqueId.LastIndexOf('-') + 1);
            var dot = text.IndexOf('.');
            return dot > 0 && long.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        }
    }

    public static AsteriskRow? Read(RowFields row, TimeZoneInfo zone)
    {
        var start = row.LocalTime(zone, "calldate", "start");
        var total = row.Seconds("duration");
        var talk = row.Seconds("billsec");
        if (talk > total)
            row.Refuse(row.Text("billsec"), $"is more than the duration ({row.Text("duration")})", "billsec");
        var outcome = row.Text("disposition");
        if (!Disposition.IsKnown(outcome))
            row.Refuse(outcome, $"expected one of {Disposition.Expected}", "disposition");
        return row.Refusal is not null ? null : new AsteriskRow(
            row.Line, start, total, talk, outcome, CallerOf(row), row.Text("dst"), row.Text("dcontext"), row.Text("channel"),
            row.Text("dstchannel"), row.Text("lastapp"), row.Text("lastdata"), row.Has("lastdata"), row.Text("uniqueid"));
    }

    /// <summary>What was presented to the trunk: FreePBX's outbound_cnum, else the number of the caller ID, else src.</summary>
    private static string CallerOf(RowFields row)
    {
        var outbound = row.Text("outbound_cnum");
        if (outbound.Length > 0)
            return outbound;
        var callerId = row.Text("clid");
        var open = callerId.LastIndexOf('<');
        var close = open < 0 ? -1 : callerId.IndexOf('>', open);
        return close > open + 1 ? callerId[(open + 1)..close].Trim() : row.Text("src");
    }
}
