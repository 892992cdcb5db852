using System.Collections.Immutable;
using System.Text.Json;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Vectors;

/// <summary>
/// The balances of a vector as one allowance and the room below one spending cap: all money the source's account may use, so
/// that money balances are compared by their sum.
/// </summary>
internal sealed class SpendingAccount
{
    // Without a price in the vector the money is not to be touched: any price proves that.
    private static readonly Tariff AnyPrice = RatingVector.PerMinute("60");

    private readonly JsonElement _input;
    private readonly int _decimals;
    private readonly Tariff _tariff;
    private readonly JsonElement? _units;
    private readonly Amount _money;
    private readonly Amount _limit;

    public SpendingAccount(RatingVector vector)
    {
        _input = vector.Input;
        _decimals = vector.Decimals;
        var balances = _input.GetProperty("balances").EnumerateArray().ToList();
        var purses = balances.Where(b => b.GetProperty("type").GetString() == "money").ToList();
        var units = balances.Where(b => b.GetProperty("type").GetString() == "units_s").ToList();
        Assert.True(units.Count <= 1, "several unit balances are not in the product");
        _units = units.Count == 0 ? null : units[0];
        _money = purses.Aggregate(Amount.Zero, (sum, b) => sum + RatingVector.Money(b.GetProperty("value")));
        _tariff = FindTariff(purses);
        _limit = Limit();
    }

    public int Requested => (_input.TryGetProperty("requested_s", out var s) ? s : _input.GetProperty("duration_s")).GetInt32();

    private ImmutableArray<TariffStep> Ticks => _units is { } units
        ? [new TariffStep(0, Amount.Zero, 1, units.TryGetProperty("increment_s", out var s) ? s.GetInt32() : 1)]
        : [];

    private int Available => _units is { } units ? units.GetProperty("value").GetInt32() : 0;

    public int LongestAffordable(int seconds) =>
        Rater.LongestAffordable(_tariff, _decimals, DateTimeOffset.UnixEpoch, seconds, Ticks, Available, _limit);

    public CallRating Rate(int seconds) => Rater.Rate(_tariff, _decimals, DateTimeOffset.UnixEpoch, seconds, Ticks, Available);

    public void AssertAfter(JsonElement after, CallRating rating)
    {
        var debits = _input.TryGetProperty("debits", out var count) ? count.GetInt32() : 1;
        var money = after.EnumerateObject().Where(b => b.Value.ValueKind == JsonValueKind.String).ToList();
        if (money.Count > 0)
            Assert.Equal(money.Sum(b => RatingVector.Money(b.Value).Nanos), _money.Nanos - debits * rating.Money.Nanos);
        foreach (var units in after.EnumerateObject().Where(b => b.Value.ValueKind == JsonValueKind.Number))
            Assert.Equal(units.Value.GetInt32(), Available - rating.IncludedSeconds);
    }

    private Tariff FindTariff(List<JsonElement> purses)
    {
        if (_input.TryGetProperty("tariff", out var tariff)) return RatingVector.ToTariff(tariff);
        if (_input.TryGetProperty("rate_per_min", out var rate)) return RatingVector.PerMinute(rate.GetString()!);
        return purses.Count > 0 && purses[0].TryGetProperty("tariff", out var own) ? RatingVector.ToTariff(own) : AnyPrice;
    }

    private Amount Limit()
    {
        // A price above the highest allowed one leaves a call its included part.
        if (_input.TryGetProperty("max_rate", out var highest) && _tariff.HighestPricePerMinute > RatingVector.Money(highest)) return Amount.Zero;
        var cap = _input.TryGetProperty("tariff", out var tariff) && tariff.TryGetProperty("max_cost", out var cost)
            ? RatingVector.Money(cost)
            : _money;
        return cap < _money ? cap : _money;
    }
}
