using System.Buffers;

namespace Classound.Cli.Cdr;

/// <summary>
/// One destination of Asterisk's Dial: which peer was dialled and, when a number was handed to it, which. An extension is
/// dialled without a number (<c>PJSIP/201</c>, <c>PJSIP/201/sip:201@10.0.0.5</c>), a trunk with one
/// (<c>PJSIP/5551234@TRUNK</c>, <c>SIP/TRUNK/5551234</c>, <c>DAHDI/g0/5551234</c>). So a peer dialled with a number is a trunk.
/// </summary>
public readonly record struct AsteriskDialTarget(string Technology, string Peer, string Number)
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789*#wW-.() ");

    public bool IsTrunk => Number.Length > 0;

    /// <summary>The destinations in the data of a Dial: the part before the first comma, joined by ampersands.</summary>
    public static IReadOnlyList<AsteriskDialTarget> ParseAll(string dialData)
    {
        var comma = dialData.IndexOf(',', StringComparison.Ordinal);
        var destinations = comma < 0 ? dialData : dialData[..comma];
        var targets = new List<AsteriskDialTarget>(1);
        foreach (var destination in destinations.Split('&', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Parse(destination) is { } target)
                targets.Add(target);
        }
        return targets;
    }

    /// <summary>Whether <paramref name="channel"/> is the one this destination opened.</summary>
    public bool Opened(AsteriskChannel channel) =>
        string.Equals(channel.Technology, Technology, StringComparison.OrdinalIgnoreCase)
        && (string.Equals(channel.Peer, Peer, StringComparison.OrdinalIgnoreCase) || IsSpanGroup(Peer));

    private static AsteriskDialTarget? Parse(string destination)
    {
        var slash = destination.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
            return null;
        var technology = destination[..slash];
        if (string.Equals(technology, "Local", StringComparison.OrdinalIgnoreCase))
            return null;
        var rest = destination[(slash + 1)..];
        var second = rest.IndexOf('/', StringComparison.Ordinal);
        var head = second < 0 ? rest : rest[..second];
        var tail = second < 0 ? "" : rest[(second + 1)..];
        var at = head.LastIndexOf('@');
        var peer = at < 0 ? head : head[(at + 1)..];
        var number = at >= 0 && tail.Length == 0 ? head[..at] : tail;
        return new AsteriskDialTarget(technology, peer, IsNumber(number) ? number : "");
    }

    private static bool IsNumber(string text) =>
        text.Length > 0 && (text[0] == '+' || char.IsAsciiDigit(text[0]) || text[0] is '*' or '#')
        && text.AsSpan(1).IndexOfAnyExcept(NumberCharacters) < 0;

    // DAHDI/g0 dials any free span of group 0, so that the channel carries another name than the destination.
    private static bool IsSpanGroup(string peer) =>
        peer.Length >= 2 && peer[0] is 'g' or 'G' or 'r' or 'R' && peer.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
