using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.Charging.Calls;

/// <summary>One step of a decision, for people.</summary>
public readonly record struct ExplanationStep(string Title, string Text);

/// <summary>
/// Answers "why?" (product.md, a decision is explained) from what is stored with the call, so that the answer a year
/// later is the one of the day.
/// </summary>
public static class Explanation
{
    public static IReadOnlyList<ExplanationStep> Of(Denial denial)
    {
        var steps = new List<ExplanationStep>
        {
            new("Asked", Asked(denial.Direction, denial.CallerText, denial.CalledText, denial.UserId, denial.At)),
        };
        if (denial.Prefix.Length > 0)
            steps.Add(new("Destination", $"longest prefix {denial.Prefix}, {denial.Destination}, in price list {denial.ListType} version {Text(denial.ListNumber)}"));
        steps.Add(denial.Reason == DenialReason.None
            ? new("Emergency", "an emergency number: allowed without any check and never charged (R11)")
            : new("Refused", $"{Sentence(denial.Reason)} (decided by: {denial.Subject})"));
        return steps;
    }

    public static IReadOnlyList<ExplanationStep> Of(ActiveCall call)
    {
        var steps = new List<ExplanationStep>
        {
            new("Asked", Asked(call.Direction, call.CallerText, call.CalledText, call.UserId, call.AuthorisedAt)),
        };
        AddCallerId(steps, call.Direction, call.Internal, call.HideCallerId);
        AddPricing(steps, call.Pricing, call.Direction, call.Internal);
        steps.Add(new("Grant", $"{Text(call.GrantedSeconds)} s of at most {Text(call.MaximumSeconds)} s{(call.Final ? ", final" : "")}; "
            + $"holds {Text(call.HeldIncludedSeconds)} included s of {Month(call.HoldMonth)} and {call.HeldMoney} in money"));
        steps.Add(new("State", call.AnsweredAt is { } answered
            ? $"answered {Time(answered)}, {Text(call.ConfirmedSeconds)} s confirmed" : "no answer reported"));
        return steps;
    }

    public static IReadOnlyList<ExplanationStep> Of(RatedCall call)
    {
        var steps = new List<ExplanationStep>
        {
            new("Asked", Asked(call.Direction, call.CallerText, call.CalledText, call.UserId, call.AuthorisedAt)),
        };
        AddCallerId(steps, call.Direction, call.Internal, call.HideCallerId);
        AddPricing(steps, call.Pricing, call.Direction, call.Internal);
        steps.Add(new("Duration", $"answered {Time(call.AnsweredAt)}, {Text(call.DurationMs)} ms = {Text(call.CallSeconds)} call s, "
            + $"{Text(call.RatedSeconds)} rated s; {Text(call.GrantedSeconds)} s were granted"));
        if (call.Pricing is not null)
        {
            steps.Add(new("Allowance", call.Area == CallArea.Area1
                ? $"{Text(call.IncludedSeconds)} of {Text(call.AvailableIncludedSeconds)} free included s of {Month(call.UsageMonth)} used"
                : "only Area 1 calls use included minutes (R6)"));
            steps.Add(new("Money", $"{Text(call.ChargedSeconds)} s for {call.Amount} {call.Currency}, exact inside, rounded once half up to "
                + $"{Text(call.Pricing.Decimals)} decimals"));
        }
        AddClosure(steps, call);
        steps.Add(new("Booked", $"usage month {Month(call.UsageMonth)}, billing month {Month(call.BillingMonth)}, settled {Time(call.SettledAt)}"));
        if (call.Flags != CallFlags.None) steps.Add(new("Flags", call.Flags.ToString()));
        return steps;
    }

    private static void AddClosure(List<ExplanationStep> steps, RatedCall call)
    {
        if (call.IsUnconfirmed)
            steps.Add(new("Closed", "no end was reported: closed with the last confirmed usage; a later end corrects it once"));
        if (call.CorrectedFrom is not { } first) return;
        var before = Amount.Zero;
        foreach (var charge in first.Charges)
            if (charge.Payer == RatedCall.PbxPayer) before += charge.Amount;
        steps.Add(new("Corrected", $"closed {Time(first.SettledAt)} without a reported end: {Text(first.CallSeconds)} call s, "
            + $"{Text(first.IncludedSeconds)} included s, {before} {call.Currency}, billing month {Month(first.BillingMonth)}; its end came later, and "
            + $"the difference of {Text(call.CallSeconds - first.CallSeconds)} call s, {Text(call.IncludedSeconds - first.IncludedSeconds)} included s and "
            + $"{call.Amount - before} {call.Currency} is booked below"));
    }

    /// <summary>The lines that add up to the price of a settled call; empty for a free one.</summary>
    public static IReadOnlyList<RatedSegment> Segments(RatedCall call) => call.Pricing is { } pricing
        ? Rater.Explain(
            pricing.Tariff, pricing.Decimals, call.AnsweredAt, call.CallSeconds, pricing.AllowanceTicks, call.AvailableIncludedSeconds)
        : [];

    /// <summary>What a refusal means, in one sentence.</summary>
    public static string Sentence(DenialReason reason) => reason switch
    {
        DenialReason.CallIdReused => "the call id is in use with other content",
        DenialReason.TooOld => "first attempted more than 35 days ago",
        DenialReason.PbxUnknown => "no such PBX",
        DenialReason.PbxSuspended => "the PBX is suspended",
        DenialReason.PbxNotActive => "the call lies before the PBX's activation",
        DenialReason.PbxWithoutPlan => "the PBX has no flat plan in force (R1)",
        DenialReason.TooManyAttempts => "more call attempts in this second than the PBX may make",
        DenialReason.CallerNotE164 => "the calling number is not E.164 (R10)",
        DenialReason.CalledNotE164 => "the called number is not E.164 (R10)",
        DenialReason.UserMissing => "the plan counts minutes per user and the request names none (R3)",
        DenialReason.UserUnknown => "the plan counts minutes per user and this user has no seat (R3)",
        DenialReason.CallerIdNotOwned => "the caller ID is not a number of this PBX (R8)",
        DenialReason.CallerIdNotVerified => "the caller ID is an external number that is not verified yet (R9)",
        DenialReason.CalledDidNotOwned => "the called number is not a number of this PBX",
        DenialReason.DestinationBarred => "the PBX may not call this destination",
        DenialReason.NoPrice => "the price list has no price for this destination, and no price is never free",
        DenialReason.PriceTooHigh => "the price per minute is above the PBX's limit",
        DenialReason.TooManyCalls => "the PBX has as many calls as it may have at once",
        DenialReason.DayCapReached => "the spending cap of the day leaves nothing for this call",
        DenialReason.MonthCapReached => "the spending cap of the month leaves nothing for this call",
        DenialReason.UnknownCall => "no such call was authorised here",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not a reason to refuse"),
    };

    private static void AddCallerId(List<ExplanationStep> steps, CallDirection direction, bool isInternal, bool hidden)
    {
        if (direction == CallDirection.Outbound && !isInternal)
            steps.Add(new("Caller ID", hidden ? "a number of this PBX, verified and withheld (R8)" : "a number of this PBX (R8)"));
    }

    private static void AddPricing(List<ExplanationStep> steps, CallPricing? pricing, CallDirection direction, bool isInternal)
    {
        if (pricing is null)
        {
            steps.Add(new("Price", isInternal ? "internal: does not leave the PBX, free"
                : direction == CallDirection.Inbound ? "inbound: free" : "unpriced"));
            return;
        }
        steps.Add(new("Destination", $"longest prefix {pricing.Prefix}, {pricing.Destination} ({pricing.Country}), Area {Text((int)pricing.Area)}"));
        var source = pricing.OwnTariff ? "the prefix's own tariff" : $"the row of Area {Text((int)pricing.Area)}";
        steps.Add(new("Price", $"price list {pricing.ListType} version {Text(pricing.ListNumber)}: {source}, connect fee "
            + $"{pricing.Tariff.ConnectFee}, minimum {Text(pricing.Tariff.MinimumSeconds)} s, steps {Tariff.FormatSteps(pricing.Tariff.Steps)}"));
    }

    private static string Asked(CallDirection direction, string caller, string called, string user, DateTimeOffset at) =>
        $"{(direction == CallDirection.Outbound ? "outbound" : "inbound")} call from {Or(caller)} to {Or(called)}"
        + (user.Length > 0 ? $" by user {user}" : "") + $", {Time(at)}";

    private static string Or(string text) => text.Length > 0 ? text : "(no number)";

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Month(int month) => string.Create(CultureInfo.InvariantCulture, $"{month / 100:0000}-{month % 100:00}");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
