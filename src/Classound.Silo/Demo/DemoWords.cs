using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;

namespace Classound.Silo.Demo;

/// <summary>Replies in words.</summary>
internal static class DemoWords
{
    public static string Of(AuthorizeCallResponse reply) => reply.OutcomeCase switch
    {
        AuthorizeCallResponse.OutcomeOneofCase.Grant => Of(reply.Grant),
        AuthorizeCallResponse.OutcomeOneofCase.Denial => Of(reply.Denial),
        _ => Of(reply.Settlement),
    };

    public static string Of(ExtendCallResponse reply) => reply.OutcomeCase switch
    {
        ExtendCallResponse.OutcomeOneofCase.Grant => Of(reply.Grant),
        ExtendCallResponse.OutcomeOneofCase.Denial => Of(reply.Denial),
        _ => Of(reply.Settlement),
    };

    public static string Of(CallGrant grant)
    {
        if (grant.Emergency) return "GRANTED as an emergency call: no limit, no charge, no question asked";
        if (grant.Internal) return "GRANTED as an internal call: free";
        var paid = grant.IncludedSeconds > 0
            ? $"{DemoScreen.Time(grant.IncludedSeconds)} of it from the allowance, {DemoScreen.Money(grant.HeldNanos)} held"
            : $"{DemoScreen.Money(grant.HeldNanos)} held";
        var shown = grant.CallerIdPresentation == CallerIdPresentation.Withhold ? "; caller ID verified, and WITHHELD" : "";
        var final = grant.Final ? "; FINAL" : "";
        var where = $"{grant.Destination} (prefix {grant.Prefix}, Area {grant.Area})";
        return $"GRANTED {DemoScreen.Time(grant.GrantedSeconds)} to {where}, {paid}{shown}{final}";
    }

    public static string Of(CallDenial denial) =>
        $"DENIED {denial.Reason}: {denial.Detail.TrimEnd('.')}. SIP {denial.SipStatus}, Q.850 {denial.Q850Cause}";

    public static string Of(RatedCall call)
    {
        var (included, charged) = (DemoScreen.Time(call.IncludedSeconds), DemoScreen.Time(call.ChargedSeconds));
        var charge = DemoScreen.Money(call.Charges.Sum(one => one.AmountNanos));
        return $"SETTLED {DemoScreen.Time(call.CallSeconds)}: {included} included, {charged} charged = {charge}";
    }

    public static string Of(EndCallResponse reply) => reply.OutcomeCase switch
    {
        EndCallResponse.OutcomeOneofCase.Settlement => Of(reply.Settlement) + (reply.Repeated ? " (repeated: nothing moved)" : ""),
        EndCallResponse.OutcomeOneofCase.Emergency => "ENDED, noted",
        _ => Of(reply.Denial),
    };
}
