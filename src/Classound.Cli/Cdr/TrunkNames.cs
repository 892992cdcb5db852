using System.IO.Enumeration;

namespace Classound.Cli.Cdr;

/// <summary>
/// Which peers of an Asterisk file are trunks: those given by pattern, those that were dialled with a number, and
/// those whose calls arrive in a context for trunks. Found over the whole file before any row is classified.
/// </summary>
public sealed class TrunkNames
{
    private static readonly string[] TrunkContexts =
        ["from-trunk", "from-pstn", "from-did", "from-sip-external", "from-zaptel", "from-digital", "from-analog"];

    private readonly HashSet<string> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<string> _patterns;

    /// <param name="rows">All rows of the file.</param>
    /// <param name="patterns">Peer names with * and ? that the user calls trunks.</param>
    public TrunkNames(IEnumerable<AsteriskRow> rows, IReadOnlyList<string> patterns)
    {
        _patterns = patterns;
        foreach (var row in rows)
        {
            foreach (var target in row.Targets)
            {
                if (target.IsTrunk)
                    _found.Add(target.Peer);
                if (target.IsTrunk && target.Opened(row.DialledChannel))
                    _found.Add(row.DialledChannel.Peer);
            }
            if (IsTrunkContext(row.Context) && !row.Channel.IsLocal && !row.Channel.IsEmpty)
                _found.Add(row.Channel.Peer);
        }
    }

    public IEnumerable<string> Found => _found.Order(StringComparer.Ordinal);

    public bool Includes(AsteriskChannel channel) =>
        !channel.IsLocal && !channel.IsEmpty
        && (_found.Contains(channel.Peer) || _patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, channel.Peer)));

    public static bool IsTrunkContext(string context) =>
        TrunkContexts.Any(prefix => context.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
