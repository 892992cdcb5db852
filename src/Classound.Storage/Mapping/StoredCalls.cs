using System.Collections.Immutable;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Storage.Mapping.Stored;
using Google.Protobuf;

namespace Classound.Storage.Mapping;

/// <summary>Active calls, rated calls and denials as bytes. Times are kept to the millisecond.</summary>
public static class StoredCalls
{
    private const int Format = 1;

    public static byte[] Write(ActiveCall call)
    {
        var stored = new StoredActiveCall
        {
            Parties = Parties(
                call.Direction, call.Caller, call.Called, call.CallerText, call.CalledText, call.UserId, call.Internal,
                call.HideCallerId, call.EdgeId, call.AuthorisedAt, call.OccurredAt),
            Pricing = StoredValues.Write(call.Pricing), HoldMonth = call.HoldMonth, HoldDay = call.HoldDay.DayNumber, Seat = call.Seat + 1,
            GrantedSeconds = call.GrantedSeconds, MaximumSeconds = call.MaximumSeconds, Final = call.Final,
            HeldIncludedSeconds = call.HeldIncludedSeconds, HeldNanos = call.HeldMoney.Nanos, LeaseEndMs = StoredValues.Ms(call.LeaseEndsAt),
            RequestNumber = call.RequestNumber, ConfirmedSeconds = call.ConfirmedSeconds, Flags = (int)call.Flags,
            Warnings = (int)call.Warnings, CanExtend = call.CanExtend, ReportsAnswer = call.ReportsAnswer,
        };
        if (call.AnsweredAt is { } answered) stored.AnsweredMs = StoredValues.Ms(answered);
        if (call.ReckonedAnswer is { } reckoned) stored.ReckonedAnswerMs = StoredValues.Ms(reckoned);
        if (call.ListedAt is { } listed) stored.ListedMs = StoredValues.Ms(listed);
        return stored.ToByteArray();
    }

    public static ActiveCall ReadActive(string callId, ReadOnlySpan<byte> bytes)
    {
        var stored = StoredActiveCall.Parser.ParseFrom(bytes);
        var parties = stored.Parties;
        return new ActiveCall
        {
            CallId = callId, Direction = (CallDirection)parties.Direction, Caller = StoredValues.Number(parties.Caller),
            Called = StoredValues.Number(parties.Called), CallerText = Text(parties.CallerText, parties.Caller),
            CalledText = Text(parties.CalledText, parties.Called), UserId = parties.UserId, Internal = parties.Internal,
            HideCallerId = parties.HideCallerId, EdgeId = parties.EdgeId, AuthorisedAt = StoredValues.Time(parties.AuthorisedMs),
            OccurredAt = parties.HasOccurredMs ? StoredValues.Time(parties.OccurredMs) : null,
            AnsweredAt = stored.HasAnsweredMs ? StoredValues.Time(stored.AnsweredMs) : null,
            Pricing = StoredValues.Read(stored.Pricing), HoldMonth = stored.HoldMonth, HoldDay = DateOnly.FromDayNumber(stored.HoldDay),
            Seat = stored.Seat - 1, GrantedSeconds = stored.GrantedSeconds, MaximumSeconds = stored.MaximumSeconds, Final = stored.Final,
            HeldIncludedSeconds = stored.HeldIncludedSeconds, HeldMoney = new Amount(stored.HeldNanos),
            LeaseEndsAt = StoredValues.Time(stored.LeaseEndMs), RequestNumber = stored.RequestNumber,
            ConfirmedSeconds = stored.ConfirmedSeconds, Flags = (CallFlags)stored.Flags, Warnings = (GrantWarnings)stored.Warnings,
            CanExtend = stored.CanExtend, ReportsAnswer = stored.ReportsAnswer,
            ReckonedAnswer = stored.HasReckonedAnswerMs ? StoredValues.Time(stored.ReckonedAnswerMs) : null,
            ListedAt = stored.HasListedMs ? StoredValues.Time(stored.ListedMs) : null,
        };
    }

    public static byte[] Write(RatedCall call)
    {
        var stored = new StoredRated
        {
            Format = Format, CallId = call.CallId, PbxId = call.PbxId,
            Parties = Parties(
                call.Direction, call.Caller, call.Called, call.CallerText, call.CalledText, call.UserId, call.Internal,
                call.HideCallerId, call.EdgeId, call.AuthorisedAt, call.OccurredAt),
            AnsweredMs = StoredValues.Ms(call.AnsweredAt), SettledMs = StoredValues.Ms(call.SettledAt), DurationMs = call.DurationMs,
            CallSeconds = call.CallSeconds, RatedSeconds = call.RatedSeconds, IncludedSeconds = call.IncludedSeconds,
            GrantedSeconds = call.GrantedSeconds, AvailableIncludedSeconds = call.AvailableIncludedSeconds,
            UsageMonth = call.UsageMonth, BillingMonth = call.BillingMonth, UsageDay = call.UsageDay.DayNumber, Seat = call.Seat + 1,
            Pricing = StoredValues.Write(call.Pricing), Currency = call.Currency, Q850 = call.Cause.Q850,
            SipStatus = call.Cause.SipStatus, CauseText = call.Cause.Text, Flags = (int)call.Flags,
        };
        stored.Charges.AddRange(call.Charges.Select(StoredValues.Write));
        if (call.Corrects is { } first) stored.Corrects = Write(first);
        return stored.ToByteArray();
    }

    public static RatedCall ReadRated(ReadOnlySpan<byte> bytes)
    {
        var stored = StoredRated.Parser.ParseFrom(bytes);
        RequireFormat(stored.Format, "rated call");
        var parties = stored.Parties;
        return new RatedCall
        {
            PbxId = stored.PbxId, CallId = stored.CallId, Direction = (CallDirection)parties.Direction,
            Caller = StoredValues.Number(parties.Caller), Called = StoredValues.Number(parties.Called),
            CallerText = Text(parties.CallerText, parties.Caller), CalledText = Text(parties.CalledText, parties.Called),
            UserId = parties.UserId, Internal = parties.Internal, HideCallerId = parties.HideCallerId, EdgeId = parties.EdgeId,
            AuthorisedAt = StoredValues.Time(parties.AuthorisedMs),
            OccurredAt = parties.HasOccurredMs ? StoredValues.Time(parties.OccurredMs) : null,
            AnsweredAt = StoredValues.Time(stored.AnsweredMs), SettledAt = StoredValues.Time(stored.SettledMs),
            DurationMs = stored.DurationMs, CallSeconds = stored.CallSeconds, RatedSeconds = stored.RatedSeconds,
            IncludedSeconds = stored.IncludedSeconds, GrantedSeconds = stored.GrantedSeconds,
            AvailableIncludedSeconds = stored.AvailableIncludedSeconds, UsageMonth = stored.UsageMonth, BillingMonth = stored.BillingMonth,
            UsageDay = DateOnly.FromDayNumber(stored.UsageDay), Seat = stored.Seat - 1, Pricing = StoredValues.Read(stored.Pricing),
            Currency = stored.Currency, Cause = new ReleaseCause(stored.Q850, stored.SipStatus, stored.CauseText),
            Flags = (CallFlags)stored.Flags,
            Charges = [.. stored.Charges.Select(StoredValues.Read)],
            Corrects = stored.Corrects is { } first ? Read(first) : null,
        };
    }

    private static StoredRated.Types.StoredBefore Write(SettledBefore first)
    {
        var stored = new StoredRated.Types.StoredBefore
        {
            SettledMs = StoredValues.Ms(first.SettledAt), DurationMs = first.DurationMs, CallSeconds = first.CallSeconds,
            RatedSeconds = first.RatedSeconds, IncludedSeconds = first.IncludedSeconds, UsageMonth = first.UsageMonth,
            BillingMonth = first.BillingMonth,
        };
        stored.Charges.AddRange(first.Charges.Select(StoredValues.Write));
        return stored;
    }

    private static SettledBefore Read(StoredRated.Types.StoredBefore stored) => new()
    {
        SettledAt = StoredValues.Time(stored.SettledMs), DurationMs = stored.DurationMs, CallSeconds = stored.CallSeconds,
        RatedSeconds = stored.RatedSeconds, IncludedSeconds = stored.IncludedSeconds, UsageMonth = stored.UsageMonth,
        BillingMonth = stored.BillingMonth, Charges = [.. stored.Charges.Select(StoredValues.Read)],
    };

    public static byte[] Write(Denial denial) => new StoredLogEntry
    {
        Format = Format, Reason = (int)denial.Reason, Subject = denial.Subject,
        Parties = Parties(
            denial.Direction, default, denial.Called, denial.CallerText, denial.CalledText, denial.UserId, false, false, "", denial.At, null),
        Prefix = denial.Prefix, Destination = denial.Destination, ListType = denial.ListType, ListNumber = denial.ListNumber,
        Emergency = denial.Reason == DenialReason.None,
    }.ToByteArray();

    /// <summary>A denial, or an emergency call: that one has no reason.</summary>
    public static Denial ReadDenial(string pbxId, string callId, ReadOnlySpan<byte> bytes)
    {
        var stored = StoredLogEntry.Parser.ParseFrom(bytes);
        RequireFormat(stored.Format, "call log entry");
        var parties = stored.Parties;
        return new Denial
        {
            PbxId = pbxId, CallId = callId, Reason = (DenialReason)stored.Reason, Subject = stored.Subject,
            At = StoredValues.Time(parties.AuthorisedMs), Direction = (CallDirection)parties.Direction, CallerText = parties.CallerText,
            CalledText = Text(parties.CalledText, parties.Called), Called = StoredValues.Number(parties.Called), UserId = parties.UserId,
            Prefix = stored.Prefix, Destination = stored.Destination, ListType = stored.ListType, ListNumber = stored.ListNumber,
        };
    }

    internal static void RequireFormat(int format, string what)
    {
        if (format is < 1 or > Format + 1)
            throw new InvalidDataException($"{what} has format {format}; this release reads {Format} and {Format + 1}");
    }

    private static StoredParties Parties(
        CallDirection direction, E164Number caller, E164Number called, string callerText, string calledText, string userId,
        bool isInternal, bool hide, string edgeId, DateTimeOffset authorisedAt, DateTimeOffset? occurredAt)
    {
        var parties = new StoredParties
        {
            Direction = (int)direction, Caller = caller.Digits, Called = called.Digits, CallerText = Differing(callerText, caller),
            CalledText = Differing(calledText, called), UserId = userId, Internal = isInternal, HideCallerId = hide, EdgeId = edgeId,
            AuthorisedMs = StoredValues.Ms(authorisedAt),
        };
        if (occurredAt is { } occurred) parties.OccurredMs = StoredValues.Ms(occurred);
        return parties;
    }

    // The text is almost always the number itself: kept only where it is not.
    private static string Differing(string text, E164Number number) => number.IsPresent && text == number.ToString() ? "" : text;

    private static string Text(string stored, ulong number) =>
        stored.Length == 0 && number != 0 ? E164Number.FromDigits(number).ToString() : stored;
}
