using Microsoft.Extensions.Logging.Console;

namespace Classound.Silo;

/// <summary>How log lines look on standard output.</summary>
internal static class LogFormat
{
    public const string Text = "text";

    /// <summary>One JSON object a line, with event id, level, category, the named values of the message and UTC times.</summary>
    public const string Json = "json";

    public static void Add(ILoggingBuilder logging, ClassoundOptions options)
    {
        if (options.LogFormat == Json) logging.AddJsonConsole(Write);
        else logging.AddSimpleConsole();
    }

    private static void Write(JsonConsoleFormatterOptions json)
    {
        json.UseUtcTimestamp = true;
        json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        // A price list's or an operator's name may be written in any script.
        json.JsonWriterOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
