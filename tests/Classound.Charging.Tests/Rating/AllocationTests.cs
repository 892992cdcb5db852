using System.Globalization;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Rating;

/// <summary>What runs on every call leaves nothing for the collector.</summary>
public sealed class AllocationTests
{
    private static readonly TariffStep[] Steps = [new(0, new Amount(12_000_000), 60, 30), new(30, new Amount(12_000_000), 60, 6)];
    private static readonly TariffBand Office = new(WeekDays.Workdays, 480, 1080, new Amount(1), [.. Steps]);
    private static readonly Tariff Plain = Tariff.Create(new Amount(1), 10, [.. Steps]);
    private static readonly Tariff Banded = Tariff.Create(new Amount(1), 10, [.. Steps], [Office], "Europe/Berlin");

    // An hour before the clocks change, in the middle of a band's day, and far from both.
    private static readonly DateTimeOffset[] Moments =
    [
        new(2026, 10, 25, 0, 0, 0, TimeSpan.Zero), new(2026, 11, 2, 6, 59, 0, TimeSpan.Zero), new(2026, 7, 1, 3, 0, 0, TimeSpan.Zero),
    ];

    [Fact]
    public void Parsing_AllocatesNothing_GoodOrBad()
    {
        string[] texts = ["+14805550100", "00353213456654", "\"Bob\" <sip:bob@host>", "+38(000)00-00-001", "anonymous", "+1800FLOWERS"];
        AssertNoAllocation(i => E164Number.Parse(texts[i % texts.Length], out _));
    }

    [Fact]
    public void PrefixLookup_AllocatesNothing()
    {
        var table = PrefixTable.Build([.. Enumerable.Range(1, 5_000).Select(i => Entry(i.ToString(CultureInfo.InvariantCulture)))]);
        AssertNoAllocation(i => table.Match(E164Number.FromDigits(10_000_000UL + (ulong)i * 7_919)));
    }

    [Fact]
    public void Rating_AllocatesNothing() =>
        AssertNoAllocation(i => Rater.Rate(Plain, 4, Moments[i % 3], i % 4_000, Plain.Steps, i % 1_000));

    [Fact]
    public void RatingWithBands_AllocatesNothing() =>
        AssertNoAllocation(i => Rater.Rate(Banded, 4, Moments[i % 3], 7_200 + i % 4_000, Plain.Steps, i % 1_000));

    [Fact]
    public void LongestAffordable_AllocatesNothing() =>
        AssertNoAllocation(i => Rater.LongestAffordable(Banded, 4, Moments[i % 3], 14_400, Plain.Steps, 600, new Amount(i * 1_000_000L)));

    [Fact]
    public void RatingTenYears_AllocatesNothing() =>
        AssertNoAllocation(i => Rater.Rate(Banded, 4, Moments[i % 3], RatingWorkTests.TenYears, Plain.Steps, i), times: 3);

    private static void AssertNoAllocation(Action<int> act, int times = 3_000)
    {
        for (var i = 0; i < times; i++) act(i); // Code and the zone's own caches are ready after this.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++) act(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static PriceListEntry Entry(string prefix) => new(prefix, "", "", CallArea.Area1, null, false);
}
