using System.Collections.Immutable;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Rating;

public sealed class PriceListVersionTests
{
    private static readonly Tariff Area1 = PerMinute(1, 60);
    private static readonly Tariff Area2 = PerMinute(2, 1);
    private static readonly Tariff Own = PerMinute(3, 1);

    [Fact]
    public void OwnTariff_WinsOverTheAreasRow()
    {
        Assert.True(List().TryPrice(Called(4_915_112_345_678), out var entry, out var tariff));
        Assert.Equal("4915", entry.Prefix);
        Assert.Same(Own, tariff);
    }

    [Fact]
    public void WithoutOwnTariff_TheAreasRowApplies()
    {
        Assert.True(List().TryPrice(Called(493_012_345_678), out var entry, out var tariff));
        Assert.Equal("49", entry.Prefix);
        Assert.Same(Area1, tariff);
        Assert.True(List().TryPrice(Called(33_123_456_789), out _, out tariff));
        Assert.Same(Area2, tariff);
    }

    [Fact]
    public void NoPrefix_IsNoPrice()
    {
        Assert.False(List().TryPrice(Called(861_012_345_678), out var entry, out var tariff));
        Assert.False(entry.IsPresent);
        Assert.Null(tariff);
    }

    [Theory]
    [InlineData(88_213_123_456)] // its area has no row
    [InlineData(8_835_100_123_456)] // in no area and without a tariff
    public void PrefixWithoutAnyTariff_IsNoPrice_NeverFree(ulong called)
    {
        Assert.False(List().TryPrice(Called(called), out var entry, out var tariff));
        Assert.True(entry.IsPresent);
        Assert.Null(tariff);
    }

    [Fact]
    public void AllowanceTicks_AreTheIncrementsOfTheArea1Row()
    {
        Assert.Equal(60, Assert.Single(List().AllowanceTicks).IncrementSeconds);
        Assert.Empty(List(areas: new Dictionary<CallArea, Tariff> { [CallArea.Area2] = Area2 }).AllowanceTicks);
    }

    [Fact]
    public void BadHeader_IsRefusedByName()
    {
        Refused(() => List(currency: "eur"), "currency \"eur\"");
        Refused(() => List(currency: "EURO"), "currency \"EURO\"");
        Refused(() => List(zone: "Berlin"), "time zone \"Berlin\"");
        Refused(() => List(decimals: 10), "0 to 9 decimals");
        Refused(() => List(number: 0), "number");
        Refused(() => List(type: ""), "type");
        Refused(() => List(areas: new Dictionary<CallArea, Tariff> { [CallArea.None] = Area1 }), "area 0: expected 1 to 6");
    }

    private static void Refused(Func<PriceListVersion> create, string says) =>
        Assert.Contains(says, Assert.ThrowsAny<ArgumentException>(create).Message, StringComparison.Ordinal);

    private static PriceListVersion List(
        string type = "END_USER",
        string currency = "EUR",
        string zone = "Europe/Berlin",
        int decimals = 4,
        int number = 1,
        Dictionary<CallArea, Tariff>? areas = null) =>
        new(type, currency, zone, decimals, number, DateTimeOffset.UnixEpoch,
            areas ?? new Dictionary<CallArea, Tariff> { [CallArea.Area1] = Area1, [CallArea.Area2] = Area2 },
            PrefixTable.Build(
            [
                new PriceListEntry("49", "DE", "Germany", CallArea.Area1, null, false),
                new PriceListEntry("4915", "DE", "Germany mobile", CallArea.Area1, Own, false),
                new PriceListEntry("33", "FR", "France", CallArea.Area2, null, false),
                new PriceListEntry("882", "", "Networks", CallArea.Area6, null, true),
                new PriceListEntry("883", "", "Networks", CallArea.None, null, true),
            ]));

    private static Tariff PerMinute(long units, int increment) =>
        Tariff.Create(Amount.Zero, 0, ImmutableArray.Create(new TariffStep(0, new Amount(units * 1_000_000_000), 60, increment)));

    private static E164Number Called(ulong digits) => E164Number.FromDigits(digits);
}
