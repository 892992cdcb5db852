using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Storage.Mapping;

namespace Classound.Storage.Tests.Mapping;

/// <summary>Rated calls as bytes, corrections among them: what was written is read again, also by the next release.</summary>
public sealed class StoredRatedCallTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 11, 12, 345, TimeSpan.Zero);

    [Fact]
    public void RatedCall_IsReadAsItWasWritten() => Assert.Equal(Closed, StoredCalls.ReadRated(StoredCalls.Write(Closed)));

    [Fact]
    public void Correction_IsReadAsItWasWritten_AndIsTheWholeCallAgain()
    {
        var read = StoredCalls.ReadRated(StoredCalls.Write(Whole.Correcting(Closed)));

        Assert.Equal(Whole.Correcting(Closed), read);
        Assert.Equal((-239, -180, -180, new Amount(-5_000_000)), (read.CallSeconds, read.RatedSeconds, read.IncludedSeconds, read.Amount));
        Assert.Equal(Whole with { CorrectedFrom = SettledBefore.Of(Closed) }, read.AsWhole());
    }

    /// <summary>The bytes of 0.1.0 for a correction: a release that cannot read them loses what was corrected.</summary>
    [Fact]
    public void BytesOfACorrection_StayReadable() =>
        Assert.Equal(Whole.Correcting(Closed), StoredCalls.ReadRated(Convert.FromHexString(Golden)));

    [Fact]
    public void BytesOfACorrection_AreTheSameAsEver() =>
        Assert.Equal(Golden, Convert.ToHexStringLower(StoredCalls.Write(Whole.Correcting(Closed))));

    [Fact]
    public void ClosedCall_StandsInItsBillingMonth_UntilItsCorrectionTakesItOut()
    {
        var closing = new LedgerCommit { PbxId = "acme", Next = new LedgerVersion(1, "n", 0) };
        StoredPbx.Write(new Pbx("acme"), Changes(Closed), closing);
        var kept = Assert.Single(closing.Changes);
        Assert.Equal((202611, "x:c1"), (kept.Section, kept.Name));
        // 35 days reach back over two month ends.
        Assert.Equal([new SettledCheck("c1", 202611, 202610), new SettledCheck("c1", 202609, 202609)], closing.NotSettled);
        Assert.Equal([Closed], StoredPbx.ReadUnconfirmed(new Dictionary<string, byte[]> { ["a:202611"] = [], [kept.Name] = kept.Value! }));

        var correcting = new LedgerCommit { PbxId = "acme", Next = new LedgerVersion(1, "n", 1) };
        StoredPbx.Write(new Pbx("acme"), Changes(Whole.Correcting(Closed) with { BillingMonth = 202612 }), correcting);
        Assert.Equal([new FieldChange(202611, "x:c1", null)], correcting.Changes);
        Assert.Empty(correcting.NotSettled);
        Assert.Equal(202612, Assert.Single(correcting.RatedCalls).BillingMonth);
    }

    [Fact]
    public void MonthWithClosedCalls_IsReadAsWithoutThem() =>
        Assert.Null(StoredPbx.ReadMonth(202611, new Dictionary<string, byte[]> { ["x:c1"] = StoredCalls.Write(Closed) }));

    private static RatedCall Closed => new()
    {
        PbxId = "acme", CallId = "c1", Direction = CallDirection.Outbound, Caller = E164Number.FromDigits(390612345678),
        Called = E164Number.FromDigits(390212345678), CallerText = "+390612345678", CalledText = "+390212345678", UserId = "alice",
        HideCallerId = true, EdgeId = "edge-1", AuthorisedAt = At.AddSeconds(-9), AnsweredAt = At, SettledAt = At.AddSeconds(99),
        DurationMs = 300_000, CallSeconds = 300, RatedSeconds = 300, IncludedSeconds = 240, GrantedSeconds = 600,
        AvailableIncludedSeconds = 240, UsageMonth = 202611, BillingMonth = 202611, UsageDay = new DateOnly(2026, 11, 22), Seat = 1,
        Pricing = new CallPricing(
            "END_USER", 3, 4, "39", "IT", "Italy", CallArea.Area1, false, Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(1), 60, 60)]), []),
        Currency = "EUR", Charges = [new Charge("PBX", "END_USER", 3, new Amount(20_000_000))], Cause = Pbx.LeaseEnded,
        Flags = CallFlags.Unconfirmed | CallFlags.AnswerAssumed,
    };

    private static RatedCall Whole => Closed with
    {
        SettledAt = At.AddSeconds(500),
        DurationMs = 60_500,
        CallSeconds = 61,
        RatedSeconds = 120,
        IncludedSeconds = 60,
        Charges = [new Charge("PBX", "END_USER", 3, new Amount(15_000_000))],
        Cause = new ReleaseCause(16, 200, ""),
        Flags = CallFlags.None,
    };

    private const string Golden =
        "0801122c0801114e634ff25a000000194edf77da5a0000003205616c69636540014a06656467652d3150b1c8f395a03418d98ef495a03420f9d09296"
        + "a03428f4b0f1ffffffffffff013091feffffffffffffff0138ccfeffffffffffffff0140ccfeffffffffffffff0148d80450f00158f3ae0c60f3ae0c"
        + "68e5942d70027a290a08454e445f5553455210031804220233392a02495432054974616c7938014a081a061001183c203c8201034555528a011c0a03"
        + "5042581208454e445f55534552180320c0e9cefdffffffffff019001109801c801b201026331ba010461636d65c20134089194fa95a03410e0a71218"
        + "ac0220ac0228f00130f3ae0c38f3ae0c42160a035042581208454e445f5553455218032080dac409";

    private static PbxChanges Changes(RatedCall call)
    {
        var changes = new PbxChanges();
        changes.Rate(call);
        return changes;
    }
}
