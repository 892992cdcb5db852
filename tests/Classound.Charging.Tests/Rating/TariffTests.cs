using System.Collections.Immutable;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Rating;

public sealed class TariffTests
{
    private static readonly TariffStep Step = new(0, new Amount(1), 60, 1);

    public static TheoryData<string, string> RefusedSteps => new()
    {
        { "", "step 1 \"\": expected [FROM:]PRICE/PER+INCREMENT" },
        { "0.012", "step 1 \"0.012\": expected" },
        { "0.012/60", "step 1 \"0.012/60\": expected" },
        { "0.012+6/60", "step 1 \"0.012+6/60\": expected" },
        { "0,012/60+6", "step 1 \"0,012/60+6\": expected" },
        { "-5:0.012/60+6", "step 1 \"-5:0.012/60+6\": expected" },
        { "0.012/60+30|", "step 2 \"\": expected" },
        { "0.012/60+30|x:0.012/60+6", "step 2 \"x:0.012/60+6\": expected" },
        { "0.012/60+99999999999", "step 1 \"0.012/60+99999999999\": expected" },
        { "30:0.012/60+6", "step 1 from second 30: expected 0" },
        { "0.012/60+30|0:0.012/60+6", "step 2 from second 0: expected more than 0" },
        { "0.012/60+30|60:1/60+1|30:1/60+1", "step 3 from second 30: expected more than 60" },
        { "0.012/60+30|14401:1/60+1", "step 2 from second 14401: expected at most 14400" },
        { "-0.012/60+30", "step 1 price -0.012: expected 0 or more" },
        { "0.012/0+30", "step 1 per 0 s: expected 1 to 14400" },
        { "0.012/60+0", "step 1 increment 0 s: expected 1 to 14400" },
        { string.Join('|', Enumerable.Range(0, 17).Select(i => $"{i}:1/60+1")), "steps: 17; expected at most 16" },
    };

    [Theory]
    [MemberData(nameof(RefusedSteps))]
    public void BadStepText_IsRefusedByName(string text, string error)
    {
        Assert.False(Tariff.TryParseSteps(text, out var steps, out var said));
        Assert.StartsWith(error, said, StringComparison.Ordinal);
        Assert.Empty(steps);
    }

    [Theory]
    [InlineData("0.012/60+60")]
    [InlineData("0.012/60+30|30:0.012/60+6")]
    [InlineData("0/1+1|900:0.5/1+1")]
    public void StepText_RoundTrips(string text)
    {
        Assert.True(Tariff.TryParseSteps(text, out var steps, out var error));
        Assert.Null(error);
        Assert.Equal(text, Tariff.FormatSteps(steps));
    }

    [Fact]
    public void StepText_AllowsSpacesAndAnExplicitZero()
    {
        Assert.True(Tariff.TryParseSteps(" 0:0.012/60+30 | 30:0.012/60+6 ", out var steps, out _));
        TariffStep[] expected = [new(0, new Amount(12_000_000), 60, 30), new(30, new Amount(12_000_000), 60, 6)];
        Assert.Equal(expected, steps.AsEnumerable());
    }

    public static TheoryData<string, TariffBand[], string?> RefusedBands => new()
    {
        { "band time zone: missing", [Band(WeekDays.All, 0, 1440)], null },
        { "band time zone \"Nowhere/City\": unknown", [Band(WeekDays.All, 0, 1440)], "Nowhere/City" },
        { "band time zone \"Europe/Berlin\": expected none without bands", [], "Europe/Berlin" },
        { "band 1 days 0:", [Band(WeekDays.None, 0, 1440)], "Europe/Berlin" },
        { "band 1 days 128:", [Band((WeekDays)128, 0, 1440)], "Europe/Berlin" },
        { "band 1 from minute 1440:", [Band(WeekDays.All, 1440, 0)], "Europe/Berlin" },
        { "band 1 to minute 1441:", [Band(WeekDays.All, 0, 1441)], "Europe/Berlin" },
        { "band 1 connect fee -0.000000001:", [Band(WeekDays.All, 0, 1) with { ConnectFee = new Amount(-1) }], "Europe/Berlin" },
        { "band 1 steps: none", [Band(WeekDays.All, 0, 1) with { Steps = default }], "Europe/Berlin" },
        { "band 1 step 1 per 0 s:", [Band(WeekDays.All, 0, 1) with { Steps = [Step with { PerSeconds = 0 }] }], "Europe/Berlin" },
        { "band 2 overlaps band 1 at Monday 08:00", [Band(WeekDays.Workdays, 480, 1080), Band(WeekDays.Monday, 0, 481)], "UTC" },
        { "band 2 overlaps band 1 at Monday 00:00", [Band(WeekDays.Sunday, 1380, 60), Band(WeekDays.Monday, 0, 10)], "UTC" },
        { "band 2 overlaps band 1 at Tuesday 10:00", [Band(WeekDays.All, 600, 600), Band(WeekDays.Tuesday, 600, 601)], "UTC" },
    };

    [Theory]
    [MemberData(nameof(RefusedBands))]
    public void BadBands_AreRefusedByName(string error, TariffBand[] bands, string? zone)
    {
        var said = Tariff.Check(Amount.Zero, 0, [Step], [.. bands], zone);
        Assert.StartsWith(error, said, StringComparison.Ordinal);
        var thrown = Assert.Throws<ArgumentException>(() => Tariff.Create(Amount.Zero, 0, [Step], [.. bands], zone));
        Assert.Equal(said, thrown.Message);
    }

    [Theory]
    [InlineData(-1, 0, "connect fee -0.000000001: expected 0 or more")]
    [InlineData(0, -1, "minimum seconds -1: expected 0 to 14400")]
    [InlineData(0, 14_401, "minimum seconds 14401: expected 0 to 14400")]
    public void BadFeeOrMinimum_IsRefusedByName(long fee, int minimum, string error) =>
        Assert.Equal(error, Tariff.Check(new Amount(fee), minimum, [Step]));

    [Fact]
    public void UnitsWithoutAUsableCommonMultiple_AreRefused()
    {
        ImmutableArray<TariffStep> steps = [.. new[] { 13_999, 13_997, 13_967 }.Select((per, i) => new TariffStep(i, new Amount(1), per, 1))];
        Assert.StartsWith("steps: the least common multiple", Tariff.Check(Amount.Zero, 0, steps), StringComparison.Ordinal);
        Assert.Null(Tariff.Check(Amount.Zero, 0, steps[..2]));
    }

    [Fact]
    public void EqualValues_AreEqualTariffs()
    {
        var one = Create("0.012/60+30|30:0.012/60+6", Band(WeekDays.Workdays, 480, 1080));
        var same = Create("0.012/60+30|30:0.012/60+6", Band(WeekDays.Workdays, 480, 1080));
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, Create("0.012/60+30|30:0.013/60+6", Band(WeekDays.Workdays, 480, 1080)));
        Assert.NotEqual(one, Create("0.012/60+30|30:0.012/60+6", Band(WeekDays.Workdays, 480, 1081)));
        Assert.NotEqual(one, Create("0.012/60+30|30:0.012/60+6"));
        Assert.False(one.Equals((object?)null));
    }

    [Fact]
    public void OrderOfBands_MeansNothing()
    {
        TariffBand[] bands = [Band(WeekDays.Monday, 480, 720), Band(WeekDays.Workdays, 800, 900), Band(WeekDays.Tuesday, 480, 720), Band(WeekDays.Sunday, 0, 60)];
        var one = Create("0.012/60+30", bands);
        var other = Create("0.012/60+30", [bands[3], bands[1], bands[2], bands[0]]);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal(bands, other.Bands);
    }

    [Theory]
    [InlineData("0.1/60+60", null, "0.1")]
    [InlineData("0.01/1+1", null, "0.6")]
    [InlineData("0.000000001/7+1", null, "0.000000009")] // 60/7, rounded up: a limit must not be passed by a fraction.
    [InlineData("0.1/60+60|900:0.2/60+60", null, "0.2")]
    [InlineData("0.1/60+60", "0.3/60+1", "0.3")]
    public void HighestPricePerMinute_CoversEveryStepAndBand(string steps, string? bandSteps, string expected)
    {
        var tariff = bandSteps is null
            ? Create(steps)
            : Create(steps, Band(WeekDays.Sunday, 0, 60) with { Steps = Steps(bandSteps) });
        Assert.Equal(expected, tariff.HighestPricePerMinute.ToString());
    }

    private static TariffBand Band(WeekDays days, int from, int to) => new(days, from, to, Amount.Zero, [Step]);

    private static Tariff Create(string steps, params TariffBand[] bands) =>
        Tariff.Create(new Amount(5), 10, Steps(steps), [.. bands], bands.Length == 0 ? null : "Europe/Berlin");

    private static ImmutableArray<TariffStep> Steps(string text) =>
        Tariff.TryParseSteps(text, out var steps, out var error) ? steps : throw new ArgumentException(error);
}
