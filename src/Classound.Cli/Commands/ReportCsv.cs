using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Classound.Cli.Output;
using CsvHelper;

namespace Classound.Cli.Commands;

/// <summary>
/// A report as CSV (RFC 4180, UTF-8), into a file or onto standard output. A file gets its name when all is in it: half a report looks like a
/// whole one.
/// </summary>
internal sealed class ReportCsv : IAsyncDisposable
{
    private const string StandardOutput = "-";

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.");

    private readonly string _path;
    private readonly CliOutput _output;
    private readonly CsvWriter _csv;
    private int _rows = -1; // without the headings
    private bool _finished;

    public ReportCsv(string path, CliOutput output)
    {
        (_path, _output) = (path, output);
        _csv = path == StandardOutput
            ? new CsvWriter(output.Console.Profile.Out.Writer, CultureInfo.InvariantCulture, leaveOpen: true)
            : new CsvWriter(new StreamWriter(Partial, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)), CultureInfo.InvariantCulture);
    }

    private string Partial => _path + ".partial";

    public static Option<string> Option() =>
        Declare.Text("--csv", "Write CSV to this file instead, replacing it; - is standard output", "file");

    public void Write(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields) _csv.WriteField(Guarded(field));
        _csv.NextRecord();
        _rows++;
    }

    /// <summary>All is written: the file gets its name.</summary>
    public void Finish()
    {
        _csv.Flush();
        _finished = true;
        if (_path == StandardOutput) return;
        _csv.Dispose();
        File.Move(Partial, _path, overwrite: true);
        _output.Line($"{Words.Of(_rows)} rows written to {_path}");
    }

    public async ValueTask DisposeAsync()
    {
        await _csv.DisposeAsync();
        if (!_finished && _path != StandardOutput) File.Delete(Partial);
    }

    /// <summary>What a spreadsheet program would run as a formula gets an apostrophe; numbers, phone numbers among them, stay as they are.</summary>
    private static string Guarded(string field) =>
        field.Length > 0 && field[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && field.AsSpan(1).ContainsAnyExcept(OfNumbers)
            ? "'" + field : field;
}
