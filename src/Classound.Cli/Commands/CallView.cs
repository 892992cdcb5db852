using Classound.Cli.Output;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;

namespace Classound.Cli.Commands;

/// <summary>Grants, denials and rated calls in words.</summary>
internal static class CallView
{
    public static void Grant(CliOutput output, CallGrant grant)
    {
        if (grant.Emergency)
        {
            output.Line("EMERGENCY: granted without limits or charge");
            return;
        }
        output.Facts(
            ("GRANTED", grant.Internal ? "internal, free" : Words.Seconds(grant.GrantedSeconds) + (grant.Final ? ", final" : "")),
            ("at most", Words.Seconds(grant.MaximumSeconds)),
            ("destination", Destination(grant.Destination, grant.Country, grant.Prefix, grant.Area)),
            ("price list", grant.PriceListType.Length == 0 ? "" : $"{grant.PriceListType} version {Words.Of(grant.PriceListVersion)}"),
            ("highest price per minute", grant.Prefix.Length == 0 ? "" : NanosText.Format(grant.PricePerMinuteNanos, grant.CurrencyCode)),
            ("held", $"{Words.Seconds(grant.IncludedSeconds)} of the allowance, {NanosText.Format(grant.HeldNanos, grant.CurrencyCode)}"),
            ("caller ID", Words.Of(grant.CallerIdPresentation)),
            ("lease ends", Words.Of(grant.LeaseEndTime)),
            ("warnings", string.Join(", ", grant.Warnings.Select(Words.Of))));
    }

    public static void Denial(CliOutput output, CallDenial denial) => output.Facts(
        ("DENIED", Words.Of(denial.Reason)), ("decided by", denial.Subject), ("detail", denial.Detail),
        ("answer with", $"SIP {Words.Of(denial.SipStatus)}, Q.850 {Words.Of(denial.Q850Cause)}"));

    public static void Settlement(CliOutput output, RatedCall call) => output.Facts(
        ("SETTLED", call.CallId),
        ("call", $"{call.Caller} to {call.Called} ({Words.Of(call.Direction)})"),
        ("answered", Words.Of(call.AnswerTime)),
        ("ended", Words.Of(call.EndTime)),
        ("seconds", $"{Words.Of(call.CallSeconds)} called, {Words.Of(call.RatedSeconds)} rated, "
            + $"{Words.Of(call.IncludedSeconds)} included, {Words.Of(call.ChargedSeconds)} charged"),
        ("destination", Destination(call.Destination, call.Country, call.Prefix, call.Area)),
        ("price list", call.PriceListType.Length == 0 ? "" : $"{call.PriceListType} version {Words.Of(call.PriceListVersion)}"),
        ("charge", string.Join(", ",
            call.Charges.Select(static charge => $"{NanosText.Format(charge.AmountNanos, charge.CurrencyCode)} ({charge.Payer})"))),
        ("months", $"used in {call.UsageMonth}, billed in {call.BillingMonth}"),
        ("released", Released(call.ReleaseCause)),
        ("flags", string.Join(", ", call.Flags.Select(Words.Of))));

    public static void Call(CliOutput output, Call call)
    {
        output.Facts(
            ("call", call.CallId), ("state", Words.Of(call.State)), ("from", call.Caller), ("to", call.Called), ("user", call.UserId));
        if (call.Grant is { } grant)
            Grant(output, grant);
        if (call.Denial is { } denial)
            Denial(output, denial);
        if (call.Settlement is { } settlement)
            Settlement(output, settlement);
    }

    /// <summary>Empty where no prefix of a price list matched, as for inbound and internal calls.</summary>
    internal static string Destination(string name, string country, string prefix, int area) =>
        prefix.Length == 0 ? "" : $"{name} ({country}), prefix {prefix}, Area {Words.Of(area)}";

    private static string Released(ReleaseCause? cause) =>
        cause is null ? "" : $"Q.850 {Words.Of(cause.Q850Cause)}, SIP {Words.Of(cause.SipStatus)} {cause.Text}".TrimEnd();
}
