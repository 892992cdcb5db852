namespace Classound.Cli.Cdr;

/// <summary>The names under which the command line takes and shows dialects.</summary>
public static class DialectNames
{
    private static readonly (string Name, CdrDialect Dialect)[] Names =
    [
        ("asterisk", CdrDialect.Asterisk),
        ("asterisk-master", CdrDialect.AsteriskMaster),
        ("asterisk-custom", CdrDialect.AsteriskCustom),
        ("freeswitch", CdrDialect.FreeSwitch),
        ("epoch", CdrDialect.Epoch),
    ];

    public static string All => string.Join(", ", Names.Select(static entry => entry.Name));

    public static IEnumerable<string> Each => Names.Select(static entry => entry.Name);

    public static string NameOf(CdrDialect dialect) => Names.First(entry => entry.Dialect == dialect).Name;

    public static CdrDialect? Find(string name)
    {
        foreach (var entry in Names)
        {
            if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
                return entry.Dialect;
        }
        return null;
    }
}
