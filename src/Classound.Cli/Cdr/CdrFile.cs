using System.Security.Cryptography;

namespace Classound.Cli.Cdr;

/// <summary>
/// A CDR file read whole: every record is either a call or a refusal. It is held in memory because a row's direction
/// needs the trunks of all rows, and because calls are replayed in time order.
/// </summary>
public sealed class CdrFile
{
    private const int HashDigits = 16;

    private CdrFile(string hash, CdrFormat format)
    {
        Hash = hash;
        Format = format;
    }

    /// <summary>The first 16 hexadecimal digits of the file's SHA-256: the first part of its call ids.</summary>
    public string Hash { get; }

    public CdrFormat Format { get; }

    public IReadOnlyList<CdrCall> Calls { get; private set; } = [];

    public IReadOnlyList<CdrRefusal> Refusals { get; private set; } = [];

    /// <summary>Trunks that the rows themselves show; empty for dialects without channel names.</summary>
    public IReadOnlyList<string> Trunks { get; private set; } = [];

    public int BlankLines { get; private set; }

    public int RecoveredRows { get; private set; }

    public int Rows => Calls.Count + Refusals.Count;

    /// <summary>The id of the call in <paramref name="call"/>: the same on every replay of the same bytes.</summary>
    public string CallIdOf(CdrCall call) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Hash}-{call.Line}");

    /// <param name="content">The file's bytes.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="isPublicNumber">Whether a text is a public or an emergency number in the PBX's country.</param>
    /// <exception cref="CdrFormatException">The file as a whole cannot be read.</exception>
    public static CdrFile Read(byte[] content, CdrReadOptions options, Func<string, bool> isPublicNumber)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..HashDigits];
        using var text = new StreamReader(new MemoryStream(content, writable: false));
        var format = CdrFormatDetector.Detect(FirstLine(content), options.Dialect, options.Delimiter);
        var reader = new DelimitedReader(format.Delimiter, format.FewestColumns, format.Columns.Count);
        var file = new CdrFile(hash, format);
        var refusals = new List<CdrRefusal>();
        var records = reader.Read(text).Skip(format.HasHeader ? 1 : 0).Select(record => new RowFields(record, format.Columns));
        file.Calls = file.IsAsterisk
            ? file.ReadAsterisk(records, options, refusals)
            : ReadOthers(records, fields => format.Dialect == CdrDialect.FreeSwitch
                ? FreeSwitchRow.Read(fields, options.TimeZone, isPublicNumber)
                : EpochColumns.Read(fields), refusals);
        refusals.AddRange(reader.Refusals);
        file.Refusals = [.. refusals.OrderBy(static refusal => refusal.Line)];
        file.BlankLines = reader.BlankLines;
        file.RecoveredRows = reader.Recovered;
        return file;
    }

    private bool IsAsterisk => Format.Dialect is CdrDialect.Asterisk or CdrDialect.AsteriskMaster or CdrDialect.AsteriskCustom;

    private List<CdrCall> ReadAsterisk(IEnumerable<RowFields> records, CdrReadOptions options, List<CdrRefusal> refusals)
    {
        var rows = new List<AsteriskRow>();
        foreach (var fields in records)
        {
            if (AsteriskRow.Read(fields, options.TimeZone) is { } row)
                rows.Add(row);
            else
                refusals.Add(fields.Refusal!);
        }
        var trunks = new TrunkNames(rows, options.TrunkPatterns);
        Trunks = [.. trunks.Found];
        var classifier = new AsteriskClassifier(trunks);
        var calls = new List<CdrCall>(rows.Count);
        foreach (var row in rows)
        {
            var (call, refusal) = classifier.Classify(row);
            if (call is not null)
                calls.Add(call);
            else
                refusals.Add(refusal!);
        }
        return calls;
    }

    private static List<CdrCall> ReadOthers(IEnumerable<RowFields> records, Func<RowFields, CdrCall?> read, List<CdrRefusal> refusals)
    {
        var calls = new List<CdrCall>();
        foreach (var fields in records)
        {
            if (read(fields) is { } call)
                calls.Add(call);
            else
                refusals.Add(fields.Refusal!);
        }
        return calls;
    }

    private static string FirstLine(byte[] content)
    {
        using var text = new StreamReader(new MemoryStream(content, writable: false));
        while (text.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                return line;
        }
        throw new CdrFormatException("The file is empty.");
    }
}
