using System.Diagnostics.Metrics;
using Classound.Charging.Calls;
using Classound.Charging.Rating;
using Classound.Grains.Pbxs;

namespace Classound.Api.Calls;

/// <summary>
/// What edges were answered, in the meter <c>Classound.Api</c>. Every tag is a string that exists already, so that counting a call
/// allocates nothing.
/// </summary>
internal static class CallMetrics
{
    private const string NoArea = "none";

    // From a decision in memory to the end of every budget: the time-outs lie at 0.3, 0.9 and 10 s.
    private static readonly double[] Seconds =
        [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.9, 1.5, 3, 10];

    private static readonly string[] Reasons = [.. Enum.GetValues<DenialReason>().Select(reason => reason.ToString())];
    private static readonly string[] Areas = [NoArea, "1", "2", "3", "4", "5", "6"];

    private static readonly Meter Meter = new(PbxCalls.MeterName);

    private static readonly Counter<long> Authorizations = Meter.CreateCounter<long>(
        "classound.calls.authorizations", "{call}",
        "Answers to AuthorizeCall by outcome (granted, denied, repeated, emergency), reason of a denial, and area of the destination");

    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "classound.calls.answer_duration", "s", "From a request about a call to its answer, or to saying that there is none, by rpc_method", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    public static void Emergency() => Count("emergency", DenialReason.None, CallArea.None);

    public static void Answered(CallAnswer answer)
    {
        if (answer.Denial is { } denial) Count("denied", denial.Reason, CallArea.None);
        else if (answer.Repeated || answer.Grant is null) Count("repeated", DenialReason.None, answer.Settlement?.Area ?? AreaOf(answer.Grant));
        else Count("granted", DenialReason.None, AreaOf(answer.Grant));
    }

    public static void Took(TimeSpan time, string method) =>
        Durations.Record(time.TotalSeconds, new KeyValuePair<string, object?>("rpc.method", method));

    private static CallArea AreaOf(ActiveCall? call) => call?.Pricing?.Area ?? CallArea.None;

    private static void Count(string outcome, DenialReason reason, CallArea area) => Authorizations.Add(
        1, new KeyValuePair<string, object?>("outcome", outcome), new KeyValuePair<string, object?>("reason", Reasons[(int)reason]),
        new KeyValuePair<string, object?>("area", Areas[(int)area]));
}
