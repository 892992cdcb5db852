using Classound.Charging.Calls;
using Classound.Charging.Tests.CallLogs;

namespace Classound.Charging.Tests.Denials;

/// <summary>Each limit has its own reason, and of two broken ones the earlier is the answer (product.md, limits).</summary>
public sealed class DenialOrderTests
{
    private static readonly DenialReason[] Reasons = [.. Enum.GetValues<DenialReason>().Except(Breaches.NotOfAuthorisations).Order()];

    public static TheoryData<DenialReason> Each => [.. Reasons];

    /// <summary>Every neighbouring pair, and with them every other pair.</summary>
    public static TheoryData<DenialReason, DenialReason> Pairs
    {
        get
        {
            var pairs = new TheoryData<DenialReason, DenialReason>();
            foreach (var first in Reasons)
                foreach (var second in Reasons)
                    if (first < second && Breaches.Exclusive(first, second) is null) pairs.Add(first, second);
            return pairs;
        }
    }

    [Fact]
    public void NothingBroken_IsGranted() => Assert.Equal(AuthorizeOutcome.Granted, new Situation().Decide().Outcome);

    [Theory]
    [MemberData(nameof(Each))]
    public void OneRuleBroken_IsDeniedForThatReason(DenialReason reason)
    {
        var situation = new Situation();
        Breaches.Break(situation, reason);
        var decision = situation.Decide();
        Assert.Equal((AuthorizeOutcome.Denied, reason), (decision.Outcome, decision.Reason));
        Assert.NotEmpty(decision.Subject);
        Assert.NotEmpty(Explanation.Sentence(reason));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void TwoRulesBroken_TheEarlierIsTheAnswer(DenialReason first, DenialReason second)
    {
        foreach (var order in new[] { (first, second), (second, first) })
        {
            var situation = new Situation();
            Breaches.Break(situation, order.Item1);
            Breaches.Break(situation, order.Item2);
            Assert.Equal(first, situation.Decide().Reason);
        }
    }

    [Fact]
    public void EveryNeighbouringPair_IsTestedOrCannotHappen()
    {
        var exclusive = Reasons.Zip(Reasons.Skip(1)).Where(pair => Breaches.Exclusive(pair.First, pair.Second) is not null);
        Assert.Equal(
            [
                (DenialReason.UserMissing, DenialReason.UserUnknown),
                (DenialReason.CallerIdNotOwned, DenialReason.CallerIdNotVerified),
                (DenialReason.CallerIdNotVerified, DenialReason.CalledDidNotOwned),
            ],
            exclusive);
    }

    /// <summary>Neither cap is reached, and neither affords a second of what is asked: the day's comes first, though the month leaves less.</summary>
    [Fact]
    public void NeitherCapAffordsASecond_TheDayCapIsNamed() => CallLog.Play("""
        pbx plan NONE limits day-cap 0.0012 month-cap 0.001
        10:00:00  authorize  A  +442055550101                      => denied DayCapReached
        10:00:00  authorize  B  +33155550101 ask 1s                => granted 1s, money 0.0008
        10:00:00  authorize  C  +358955550101                      => granted 7s, final, money 0.0002
        10:00:00  authorize  D  +358955550101                      => denied MonthCapReached
        """);
}
