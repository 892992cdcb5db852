using System.Globalization;

namespace Classound.Cli.Cdr;

/// <summary>
/// Recognises delimiter, header and dialect from a file's first row. A header is recognised by the columns without
/// which its dialect cannot be read; files without one by where the disposition or the hang-up cause stands.
/// </summary>
public static class CdrFormatDetector
{
    private const int MasterDisposition = 14;
    private const int CustomDisposition = 13;
    private const int FreeSwitchCause = 9;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private static readonly string[] MasterColumns =
    [
        "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata",
        "start", "answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield",
    ];

    private static readonly string[] CustomColumns =
    [
        "clid", "src", "dst", "dcontext", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer",
        "end", "duration", "billsec", "disposition", "amaflags", "accountcode", "uniqueid", "userfield", "sequence",
    ];

    private static readonly string[] FreeSwitchColumns =
    [
        "caller_id_name", "caller_id_number", "destination_number", "context", "start_stamp", "answer_stamp", "end_stamp",
        "duration", "billsec", "hangup_cause", "uuid", "bleg_uuid", "accountcode", "read_codec", "write_codec",
    ];

    /// <param name="firstLine">The file's first line that is not blank.</param>
    /// <param name="dialect">The user's choice, or null to detect it.</param>
    /// <param name="delimiter">The user's choice, or null to detect it.</param>
    /// <exception cref="CdrFormatException">Nothing known fits; names the options to give.</exception>
    public static CdrFormat Detect(string firstLine, CdrDialect? dialect = null, char? delimiter = null)
    {
        var separator = delimiter ?? Delimiters.MaxBy(candidate => CountOutsideQuotes(firstLine, candidate));
        var fields = QuoteRecovery.Split(firstLine, separator) ?? firstLine.Split(separator);
        var header = new CdrColumns(fields);
        return HeaderDialect(header) is { } named && (dialect is null || dialect == named)
            ? new CdrFormat(named, separator, true, header, header.Count)
            : WithoutHeader(fields, separator, dialect);
    }

    private static CdrDialect? HeaderDialect(CdrColumns columns)
    {
        if (columns.Find("dst") >= 0 && columns.Find("disposition") >= 0)
            return CdrDialect.Asterisk;
        if (columns.Find("destination_number") >= 0 && columns.Find("hangup_cause") >= 0)
            return CdrDialect.FreeSwitch;
        return EpochColumns.AreIn(columns) ? CdrDialect.Epoch : null;
    }

    private static CdrFormat WithoutHeader(string[] fields, char separator, CdrDialect? wanted)
    {
        var found = wanted ?? Recognise(fields);
        return found switch
        {
            CdrDialect.AsteriskMaster => new(found.Value, separator, false, new(MasterColumns), MasterDisposition + 1),
            CdrDialect.AsteriskCustom => new(found.Value, separator, false, new(CustomColumns), CustomDisposition + 1),
            CdrDialect.FreeSwitch => new(found.Value, separator, false, new(FreeSwitchColumns), FreeSwitchCause + 1),
            CdrDialect.Asterisk or CdrDialect.Epoch => throw new CdrFormatException(
                $"The first row is not the header that --dialect {DialectNames.NameOf(found.Value)} needs: its column names are missing."),
            _ => throw new CdrFormatException(string.Create(CultureInfo.InvariantCulture,
                $"The file's layout was not recognised: the first row has {fields.Length} columns separated by '{separator}', ")
                + "names no known columns, and has neither a disposition nor a hang-up cause where Asterisk and FreeSWITCH write it. "
                + $"Give --dialect ({DialectNames.All}) and, if needed, --delimiter."),
        };
    }

    private static CdrDialect? Recognise(string[] fields)
    {
        if (fields.Length > MasterDisposition && Disposition.IsKnown(fields[MasterDisposition]))
            return CdrDialect.AsteriskMaster;
        if (fields.Length > CustomDisposition && Disposition.IsKnown(fields[CustomDisposition]))
            return CdrDialect.AsteriskCustom;
        return fields.Length > FreeSwitchCause && HangupCause.IsKnown(fields[FreeSwitchCause]) ? CdrDialect.FreeSwitch : null;
    }

    private static int CountOutsideQuotes(string line, char candidate)
    {
        var count = 0;
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == candidate && !quoted)
                count++;
        }
        return count;
    }
}
