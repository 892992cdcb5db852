using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Classound.Silo;

/// <summary>
/// One JSON object a line: Timestamp (UTC), EventId, EventName, LogLevel, Category, Message, State (the named values of the message),
/// Exception where there is one, and trace_id and span_id (W3C, lower-case hex) of the request that it is about, where there is one.
/// </summary>
internal sealed class JsonLines() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "classound-json";

    // A price list's or an operator's name may be written in any script.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("Timestamp", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("EventId", logEntry.EventId.Id);
            if (logEntry.EventId.Name is { } name) json.WriteString("EventName", name);
            json.WriteString("LogLevel", logEntry.LogLevel.ToString());
            json.WriteString("Category", logEntry.Category);
            json.WriteString("Message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.Exception is { } exception) json.WriteString("Exception", exception.ToString());
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } request)
            {
                json.WriteString("trace_id", request.TraceId.ToHexString());
                json.WriteString("span_id", request.SpanId.ToHexString());
            }
            if (logEntry.State is IEnumerable<KeyValuePair<string, object?>> values) WriteState(json, values);
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private static void WriteState(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> values)
    {
        json.WriteStartObject("State");
        foreach (var (name, value) in values)
        {
            switch (value)
            {
                case null: json.WriteNull(name); break;
                case bool truth: json.WriteBoolean(name, truth); break;
                case int or long or short or byte or uint: json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
                case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
                default: json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            }
        }
        json.WriteEndObject();
    }
}
