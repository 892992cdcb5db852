using System.Globalization;
using Classound.Api.Billing;
using Classound.Charging.Calls;
using Classound.Contracts.Reports.V1;

namespace Classound.Api.Reports;

/// <summary>The value of a dimension that a call has: a text, a number, or both. Made without allocating, a million times a report.</summary>
public readonly record struct GroupKey(string Text, int Number = 0)
{
    /// <summary>How a dimension reads its key from a call.</summary>
    /// <param name="dimension">One that is specified.</param>
    /// <param name="zone">The PBX's, for the hour of the day.</param>
    public static Func<RatedCall, GroupKey> By(CallDimension dimension, TimeZoneInfo zone) => dimension switch
    {
        CallDimension.Direction => static call => new(call.Direction == CallDirection.Outbound ? "OUTBOUND" : "INBOUND"),
        CallDimension.Did => static call => new(CallSelection.DidOf(call)),
        CallDimension.User => static call => new(call.UserId),
        CallDimension.Area => static call => new("", (int)call.Area),
        CallDimension.Country => static call => new(call.Pricing?.Country ?? ""),
        CallDimension.Destination => static call => new(call.Pricing?.Destination ?? ""),
        CallDimension.PriceListVersion => static call => new(call.Pricing?.ListType ?? "", call.Pricing?.ListNumber ?? 0),
        CallDimension.BillingMonth => static call => new("", call.BillingMonth),
        CallDimension.Day => static call => new("", call.UsageDay.DayNumber),
        // By the beginning: the answer of a call that was closed without one may be corrected to another hour, and take its seconds along.
        CallDimension.HourOfDay => call => new("", TimeZoneInfo.ConvertTime(call.OccurredAt ?? call.AuthorisedAt, zone).Hour),
        CallDimension.Q850Cause => static call => new("", call.Cause.Q850),
        CallDimension.Edge => static call => new(call.EdgeId),
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "not a dimension"),
    };

    /// <summary>As call_statistics.proto describes it.</summary>
    public string Show(CallDimension dimension) => dimension switch
    {
        CallDimension.PriceListVersion => Text.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Text} {Number}"),
        CallDimension.BillingMonth => RatedCallReplies.Month(Number),
        CallDimension.Day => RatedCallReplies.Day(DateOnly.FromDayNumber(Number)),
        CallDimension.HourOfDay => Number.ToString("D2", CultureInfo.InvariantCulture),
        CallDimension.Area or CallDimension.Q850Cause => Number == 0 ? "" : Number.ToString(CultureInfo.InvariantCulture),
        _ => Text,
    };
}
