using Microsoft.Extensions.Logging.Console;

namespace Classound.Silo;

/// <summary>How log lines look on standard output.</summary>
internal static class LogFormat
{
    public const string Text = "text";

    /// <inheritdoc cref="JsonLines"/>
    public const string Json = "json";

    public static void Add(ILoggingBuilder logging, ClassoundOptions options)
    {
        if (options.LogFormat == Json) logging.AddConsole(console => console.FormatterName = JsonLines.FormatterName).AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        else logging.AddSimpleConsole();
    }
}
