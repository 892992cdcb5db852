namespace Classound.Cli.Cdr;

/// <summary>
/// A channel name taken apart: <c>PJSIP/TRUNK200-0000000a</c> is technology PJSIP and peer TRUNK200;
/// <c>Local/201@from-internal-00000000;2</c> is one half of a pipe inside the PBX and has no peer.
/// </summary>
public readonly record struct AsteriskChannel(string Technology, string Peer)
{
    private const string LocalTechnology = "Local";

    public bool IsLocal => string.Equals(Technology, LocalTechnology, StringComparison.OrdinalIgnoreCase);

    public bool IsEmpty => Technology.Length == 0;

    public static AsteriskChannel Parse(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
            return new AsteriskChannel("", "");
        var technology = name[..slash];
        var rest = name[(slash + 1)..];
        var dash = rest.LastIndexOf('-');
        var peer = dash > 0 ? rest[..dash] : rest;
        // DAHDI writes the dialled number behind the span: DAHDI/i1/5551234-2.
        var number = peer.IndexOf('/', StringComparison.Ordinal);
        return new AsteriskChannel(technology, number > 0 ? peer[..number] : peer);
    }
}
