using Google.Protobuf;

namespace Classound.EndToEnd.Tests.Telemetry;

/// <summary>One span of an OTLP export, read field by field: of its fields only those a test looks at.</summary>
public sealed record ReceivedSpan(string Source, string Name, string TraceId, string SpanId, string ParentId, bool Failed)
{
    // ExportTraceServiceRequest.resource_spans.scope_spans: opentelemetry/proto/trace/v1/trace.proto.
    private const int ResourceSpans = 1, ScopeSpans = 2, Scope = 1, Spans = 2, Status = 15;
    private const int StatusCode = 3, Error = 2;

    public static IEnumerable<ReceivedSpan> ReadAll(byte[] export) =>
        from resource in Messages(export, ResourceSpans)
        from scope in Messages(resource, ScopeSpans)
        let source = Messages(scope, Scope).Select(named => Text(named, 1)).FirstOrDefault("")
        from span in Messages(scope, Spans)
        select new ReceivedSpan(source, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), Messages(span, Status).Any(IsError));

    private static string Text(byte[] message, int field) => System.Text.Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault([]));

    private static bool IsError(byte[] status)
    {
        var input = new CodedInputStream(status);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(StatusCode, WireFormat.WireType.Varint)) return input.ReadEnum() == Error;
            input.SkipLastField();
        }
        return false;
    }

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Messages(message, field).FirstOrDefault([]));

    private static List<byte[]> Messages(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited)) found.Add(input.ReadBytes().ToByteArray());
            else input.SkipLastField();
        }
        return found;
    }
}
