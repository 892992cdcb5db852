using Google.Protobuf;
using Spectre.Console;

namespace Classound.Cli.Output;

/// <summary>Where a command writes: text for people or, with --json, the service's own reply.</summary>
public sealed class CliOutput
{
    /// <summary>Wide enough for a row of totals: output into a file or a pipe must not be wrapped.</summary>
    private const int WidthWithoutTerminal = 240;

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());

    public CliOutput(IAnsiConsole console, TextWriter errors, bool asJson)
    {
        Console = console;
        Errors = errors;
        AsJson = asJson;
    }

    public IAnsiConsole Console { get; }

    public TextWriter Errors { get; }

    public bool AsJson { get; }

    /// <summary>A console on <paramref name="writer"/> that does not wrap lines unless it is a terminal.</summary>
    public static IAnsiConsole ConsoleOn(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = WidthWithoutTerminal;
        return console;
    }

    /// <summary>Shows a reply as JSON or by <paramref name="forPeople"/>.</summary>
    public void Show(IMessage reply, Action forPeople)
    {
        if (AsJson)
            Console.Profile.Out.Writer.WriteLine(Json.Format(reply));
        else
            forPeople();
    }

    public void Line(string text) => Console.Profile.Out.Writer.WriteLine(text);

    /// <summary>Labels and values in two columns; empty values are left out.</summary>
    public void Facts(params ReadOnlySpan<(string Label, string Value)> facts)
    {
        var width = 0;
        foreach (var (label, value) in facts)
            width = value.Length == 0 ? width : Math.Max(width, label.Length);
        foreach (var (label, value) in facts)
        {
            if (value.Length > 0)
                Line($"{label.PadRight(width)}  {value}");
        }
    }

    /// <summary>A bar that is the longer the nearer a value comes to the largest one; empty for what is not above 0.</summary>
    /// <param name="value">At most <paramref name="largest"/>.</param>
    /// <param name="largest">Gets the whole length.</param>
    /// <param name="length">In characters.</param>
    public string Bar(long value, long largest, int length) => value <= 0
        ? ""
        : new string(Console.Profile.Capabilities.Unicode ? '█' : '#', Math.Max(1, (int)((Int128)value * length / largest)));

    /// <summary>A title and a table, or nothing where there are no rows.</summary>
    public void TableIfAny(string title, IReadOnlyList<string> headings, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        if (title.Length > 0)
        {
            Line("");
            Line(title);
        }
        Table(headings, all);
    }

    /// <summary>Rows under headings; a heading that starts with "#" is a column of numbers, aligned right.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Minimal, ShowHeaders = true };
        foreach (var heading in headings)
        {
            var column = new TableColumn(new Text(heading.TrimStart('#'))) { NoWrap = true };
            table.AddColumn(heading.StartsWith('#') ? column.RightAligned() : column);
        }
        foreach (var row in rows)
            table.AddRow(row.Select(static cell => new Text(cell)));
        Console.Write(table);
    }
}
