using System.Globalization;
using Classound.Api.Billing;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Google.Protobuf.WellKnownTypes;
using Wire = Classound.Contracts.Billing.V1;

namespace Classound.Api.Tests.Mapping;

public sealed class RatedCallRepliesTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 11, 12, 345, TimeSpan.Zero);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public void RatedCall_IsCopiedFieldByFieldInEveryCulture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal(Expected(), RatedCallReplies.ToWire(Call()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void EveryFieldOfTheReply_IsFilledBySomething()
    {
        var filled = RatedCallReplies.ToWire(Call().Correcting(Call() with { DurationMs = 1, CallSeconds = 1, RatedSeconds = 1, IncludedSeconds = 0 }));
        var empty = Wire.RatedCall.Descriptor.Fields.InDeclarationOrder()
            .Where(field => field.IsRepeated
                ? ((System.Collections.IList)field.Accessor.GetValue(filled)).Count == 0
                : Equals(field.Accessor.GetValue(filled), field.Accessor.GetValue(new Wire.RatedCall())))
            .Select(field => field.Name);
        Assert.Empty(empty);
    }

    [Fact]
    public void Correction_IsTheDifferenceAndNamesWhatItCorrects_AndTheWholeCallIsFlagged()
    {
        var closed = Call() with
        {
            BillingMonth = 202611,
            DurationMs = 90_000,
            CallSeconds = 90,
            RatedSeconds = 120,
            IncludedSeconds = 120,
            Charges = [new Charge("PBX", "END_USER", 3, Amount.Zero)],
            Flags = CallFlags.Unconfirmed | CallFlags.AnswerAssumed,
        };
        Assert.Equal([Wire.RatedCallFlag.Unconfirmed, Wire.RatedCallFlag.AnswerAssumed], RatedCallReplies.ToWire(closed).Flags);

        var correction = RatedCallReplies.ToWire(Call().Correcting(closed));
        Assert.Equal(("2026-11/c1", "2027-01"), (correction.Corrects, correction.BillingMonth));
        Assert.Equal(
            (-28_999L, -28, 0, -60, 60),
            (correction.DurationMs, correction.CallSeconds, correction.RatedSeconds, correction.IncludedSeconds, correction.ChargedSeconds));
        Assert.Equal(-20_000_000, Assert.Single(correction.Charges).AmountNanos);
        Assert.Equal(Expected().EndTime, correction.EndTime);
        Assert.DoesNotContain(Wire.RatedCallFlag.Corrected, correction.Flags);

        var whole = RatedCallReplies.ToWire(Call().Correcting(closed).AsWhole());
        Assert.Equal(Wire.RatedCallFlag.Corrected, whole.Flags[^1]);
        whole.Flags.Remove(Wire.RatedCallFlag.Corrected);
        Assert.Equal(Expected(), whole);
    }

    [Fact]
    public void EveryFlag_HasAWordOnTheWire()
    {
        foreach (var flag in System.Enum.GetValues<CallFlags>().Where(flag => flag != CallFlags.None))
            Assert.Single(RatedCallReplies.ToWire(Call() with { Flags = flag, BillingMonth = 202611 }).Flags);
    }

    private static RatedCall Call() => new()
    {
        PbxId = "acme", CallId = "c1", Direction = CallDirection.Outbound, Caller = E164Number.FromDigits(390612345678),
        Called = E164Number.FromDigits(390212345678), CallerText = "+390612345678", CalledText = "+390212345678", UserId = "alice",
        Internal = true, HideCallerId = true, EdgeId = "edge-1", AuthorisedAt = At.AddSeconds(-9), OccurredAt = At.AddSeconds(-8),
        AnsweredAt = At, SettledAt = At.AddSeconds(99), DurationMs = 61_001, CallSeconds = 62, RatedSeconds = 120, IncludedSeconds = 60,
        GrantedSeconds = 50, UsageMonth = 202611, BillingMonth = 202701, UsageDay = new DateOnly(2026, 11, 22),
        Pricing = new CallPricing(
            "END_USER", 3, 4, "39", "IT", "Italy", CallArea.Area1, false, Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(1), 60, 60)]), []),
        Currency = "EUR", Charges = [new Charge("PBX", "END_USER", 3, new Amount(-20_000_000))], Cause = new ReleaseCause(16, 200, "bye"),
        Flags = CallFlags.AboveGrant | CallFlags.ClockSkew,
    };

    private static Wire.RatedCall Expected() => new()
    {
        PbxId = "acme", CallId = "c1", Direction = Wire.CallDirection.Outbound, Caller = "+390612345678", Called = "+390212345678",
        UserId = "alice", Internal = true, CallerIdHidden = true, EdgeId = "edge-1", AuthoriseTime = At.AddSeconds(-9).ToTimestamp(),
        ImportOccurTime = At.AddSeconds(-8).ToTimestamp(), AnswerTime = At.ToTimestamp(), EndTime = At.AddMilliseconds(61_001).ToTimestamp(),
        SettleTime = At.AddSeconds(99).ToTimestamp(), DurationMs = 61_001, CallSeconds = 62, RatedSeconds = 120, IncludedSeconds = 60,
        ChargedSeconds = 60, GrantedSeconds = 50, UsageMonth = "2026-11", BillingMonth = "2027-01", Area = 1, Prefix = "39",
        Destination = "Italy", Country = "IT", PriceListType = "END_USER", PriceListVersion = 3,
        Charges =
        {
            new Wire.Charge { Payer = "PBX", PriceListType = "END_USER", PriceListVersion = 3, AmountNanos = -20_000_000, CurrencyCode = "EUR" },
        },
        ReleaseCause = new Wire.ReleaseCause { Q850Cause = 16, SipStatus = 200, Text = "bye" },
        Flags = { Wire.RatedCallFlag.ClockSkew, Wire.RatedCallFlag.AboveGrant, Wire.RatedCallFlag.Late },
    };
}
