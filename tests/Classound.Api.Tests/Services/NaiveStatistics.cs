using System.Globalization;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Reports.V1;

namespace Classound.Api.Tests.Services;

/// <summary>The statistics a second time, from what billing is given, by other means.</summary>
internal static class NaiveStatistics
{
    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");

    public static IEnumerable<CallStatistics> Groups(CallDimension dimension, IReadOnlyList<RatedCall> of, IReadOnlyList<RatedCall> all) => of
        .GroupBy(call => KeyOf(dimension, call)).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => Sum(group.Key, [.. group], all));

    public static CallStatistics Sum(string key, IReadOnlyList<RatedCall> of, IReadOnlyList<RatedCall> all)
    {
        var (calls, answered) = (of.Count(call => call.Corrects.Length == 0), of.Sum(call => AnsweredIn(call, all)));
        var sum = new CallStatistics
        {
            Key = key, Calls = calls, AnsweredCalls = answered,
            CallSeconds = of.Sum(call => (long)call.CallSeconds), RatedSeconds = of.Sum(call => (long)call.RatedSeconds),
            IncludedSeconds = of.Sum(call => (long)call.IncludedSeconds), ChargedSeconds = of.Sum(call => (long)call.ChargedSeconds),
            ChargeNanos = of.Sum(call => call.Charges.Sum(charge => charge.AmountNanos)),
        };
        if (calls > 0 && answered >= 0 && answered <= calls) sum.AnswerSeizurePerMille = (int)decimal.Floor(1000m * answered / calls);
        if (answered > 0 && sum.CallSeconds >= 0)
            sum.AverageCallSeconds = (long)decimal.Round((decimal)sum.CallSeconds / answered, MidpointRounding.AwayFromZero);
        return sum;
    }

    public static DateTime DayOf(RatedCall call) => Local(call.AnswerTime?.ToDateTimeOffset() ?? BeginOf(call)).Date;

    public static string DidOf(RatedCall call) => call.Internal ? "" : call.Direction == CallDirection.Inbound ? call.Called : call.Caller;

    private static int AnsweredIn(RatedCall call, IReadOnlyList<RatedCall> all)
    {
        var before = call.Corrects.Length == 0 ? 0 : all.Single(first => first.CallId == call.CallId && first.Corrects.Length == 0).DurationMs;
        return (before + call.DurationMs > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    }

    private static string KeyOf(CallDimension dimension, RatedCall call) => dimension switch
    {
        CallDimension.Direction => call.Direction.ToString().ToUpperInvariant(),
        CallDimension.Did => DidOf(call),
        CallDimension.User => call.UserId,
        CallDimension.Area => Known(call.Area),
        CallDimension.Country => call.Country,
        CallDimension.Destination => call.Destination,
        CallDimension.PriceListVersion => call.PriceListType.Length == 0 ? "" : $"{call.PriceListType} {Known(call.PriceListVersion)}",
        CallDimension.BillingMonth => call.BillingMonth,
        CallDimension.Day => DayOf(call).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CallDimension.HourOfDay => Local(BeginOf(call)).ToString("HH", CultureInfo.InvariantCulture),
        CallDimension.Q850Cause => Known(call.ReleaseCause.Q850Cause),
        CallDimension.Edge => call.EdgeId,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "the second computation does not know it"),
    };

    private static DateTimeOffset BeginOf(RatedCall call) => (call.ImportOccurTime ?? call.AuthoriseTime).ToDateTimeOffset();

    private static DateTimeOffset Local(DateTimeOffset time) => time.ToOffset(Rome.GetUtcOffset(time));

    private static string Known(int number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);
}
