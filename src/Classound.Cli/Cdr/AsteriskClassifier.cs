namespace Classound.Cli.Cdr;

/// <summary>
/// Decides the direction of Asterisk rows by their own two channels. In order:
/// the leg left through a trunk (its dialled channel is one): outbound, also when the call had come in by a trunk, as a
/// forwarded call does; else it came in through a trunk: inbound; else it stayed inside.
/// A dialled trunk channel counts only where the row's application dials; in a conference or a pick-up row it names a
/// partner, unless an earlier row of the same call dialled that very channel: then the leg goes on under the same number.
/// </summary>
public sealed class AsteriskClassifier
{
    /// <summary>Exports are often masked in the last four digits, on both sides differently.</summary>
    private const int MaskedDigits = 4;
    private const int FewestCompared = 3;

    private readonly TrunkNames _trunks;
    private readonly Dictionary<(string UniqueId, string Channel), string> _dialled = [];

    public AsteriskClassifier(TrunkNames trunks)
    {
        _trunks = trunks;
    }

    /// <summary>The row as a call, or why it cannot be one.</summary>
    public (CdrCall? Call, CdrRefusal? Refusal) Classify(AsteriskRow row)
    {
        if (!_trunks.Includes(row.DialledChannel))
            return (Inside(row), null);
        if (AsteriskApplications.OpensChannels(row.Application) || row.Application.Length == 0)
            return Outbound(row);
        return _dialled.TryGetValue((row.UniqueId, row.DialledChannelName), out var number)
            ? (Outgoing(row, Candidates(row.Dialled, number)), null)
            : (Inside(row), null);
    }

    private (CdrCall? Call, CdrRefusal? Refusal) Outbound(AsteriskRow row)
    {
        if (!row.HasApplicationData)
            return (Outgoing(row, [row.Dialled]), null);
        foreach (var target in row.Targets)
        {
            if (!target.IsTrunk || !target.Opened(row.DialledChannel))
                continue;
            _dialled[(row.UniqueId, row.DialledChannelName)] = target.Number;
            return (Outgoing(row, Candidates(row.Dialled, target.Number)), null);
        }
        return (null, CdrRefusal.Of(row.Line, "lastdata", row.ApplicationData,
            $"the leg left through trunk {row.DialledChannel.Peer}, but the row does not say which number was dialled there"));
    }

    /// <summary>
    /// What the caller dialled, if the trunk was given the same number in the trunk's own writing; else only what the trunk
    /// was given: then the PBX redirected the call (follow-me, ring group, forwarding) and dst is not where it went.
    /// </summary>
    private static string[] Candidates(string dialled, string handedToTrunk) =>
        AreSameNumber(dialled, handedToTrunk) && dialled != handedToTrunk ? [dialled, handedToTrunk] : [handedToTrunk];

    private static bool AreSameNumber(string left, string right)
    {
        if (left == right)
            return true;
        var a = Compared(left);
        var b = Compared(right);
        return Math.Min(a.Length, b.Length) >= FewestCompared
            && (a.EndsWith(b, StringComparison.Ordinal) || b.EndsWith(a, StringComparison.Ordinal));
    }

    private static string Compared(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length <= MaskedDigits ? "" : digits[..^MaskedDigits];
    }

    private CdrCall Outgoing(AsteriskRow row, string[] numbers)
    {
        var user = row.Channel.IsLocal || row.Channel.IsEmpty || _trunks.Includes(row.Channel) ? "" : row.Channel.Peer;
        return Call(row, CdrDirection.Outbound, numbers, user, row.DialledChannel.Peer);
    }

    private CdrCall Inside(AsteriskRow row)
    {
        var inbound = _trunks.Includes(row.Channel) || TrunkNames.IsTrunkContext(row.Context);
        return Call(row, inbound ? CdrDirection.Inbound : CdrDirection.Internal, [row.Dialled], user: "", trunk: "");
    }

    // billsec of a row that was not answered counts from the answer of the calling channel (a menu, a follow-me), so it is no talk.
    private static CdrCall Call(AsteriskRow row, CdrDirection direction, string[] numbers, string user, string trunk) => new(
        row.Line, direction, row.StartTime,
        RingSeconds: row.IsAnswered ? row.TotalSeconds - row.TalkSeconds : row.TotalSeconds,
        TalkSeconds: row.IsAnswered ? row.TalkSeconds : 0,
        row.IsAnswered, row.Outcome, row.Caller, numbers, user, trunk)
    {
        PlacedLocally = user.Length > 0,
        UniqueIdSeconds = row.UniqueIdSeconds,
    };
}
