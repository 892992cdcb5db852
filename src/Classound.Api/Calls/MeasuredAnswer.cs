using System.Diagnostics;

namespace Classound.Api.Calls;

/// <summary>From a request about a call to its answer: a measurement, and a span where the edge has the call traced.</summary>
internal readonly struct MeasuredAnswer : IDisposable
{
    private static readonly ActivitySource Source = new(PbxCalls.MeterName);

    private readonly string _method;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly Activity? _span;

    public MeasuredAnswer(string method, string pbxId, string callId, TimeProvider clock)
    {
        (_method, _clock, _started) = (method, clock, clock.GetTimestamp());
        // Null, without any cost, unless this very request is traced. Ids are no numbers of subscribers.
        _span = Source.StartActivity(method);
        _span?.SetTag("classound.pbx_id", pbxId).SetTag("classound.call_id", callId);
    }

    public void Dispose()
    {
        CallMetrics.Took(_clock.GetElapsedTime(_started), _method);
        _span?.Dispose();
    }
}
