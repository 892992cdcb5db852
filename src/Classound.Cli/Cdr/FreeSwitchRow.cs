namespace Classound.Cli.Cdr;

/// <summary>
/// Rows of FreeSWITCH's <c>mod_cdr_csv</c>. They name no gateway, so the dialplan context decides: <c>public</c> is where
/// unauthenticated legs from gateways land (inbound); from any other context a leg to a public number is outgoing;
/// an extension, an application (<c>&amp;park</c>) or nothing dialled stays inside.
/// </summary>
public static class FreeSwitchRow
{
    private const string PublicContext = "public";

    /// <param name="row">The fields.</param>
    /// <param name="zone">The switch's clock.</param>
    /// <param name="isPublicNumber">Whether a text is a public or an emergency number in the PBX's country.</param>
    public static CdrCall? Read(RowFields row, TimeZoneInfo zone, Func<string, bool> isPublicNumber)
    {
        var start = row.LocalTime(zone, "start_stamp");
        var total = row.Seconds("duration");
        var talk = row.Seconds("billsec");
        var cause = row.Text("hangup_cause");
        if (talk > total)
            row.Refuse(row.Text("billsec"), $"is more than the duration ({row.Text("duration")})", "billsec");
        if (cause.Length == 0)
            row.Refuse(cause, "expected a hang-up cause such as NORMAL_CLEARING", "hangup_cause");
        if (row.Refusal is not null)
            return null;
        var answered = row.Text("answer_stamp").Length > 0 || talk > 0;
        var called = row.Text("destination_number");
        return new CdrCall(
            row.Line, DirectionOf(row.Text("context"), called, isPublicNumber), start, answered ? total - talk : total,
            answered ? talk : 0, answered, cause, row.Text("caller_id_number"), [called], row.Text("accountcode"), Trunk: "");
    }

    private static CdrDirection DirectionOf(string context, string called, Func<string, bool> isPublicNumber)
    {
        if (string.Equals(context, PublicContext, StringComparison.OrdinalIgnoreCase))
            return CdrDirection.Inbound;
        return isPublicNumber(called) ? CdrDirection.Outbound : CdrDirection.Internal;
    }
}
