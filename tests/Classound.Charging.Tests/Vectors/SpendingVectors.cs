using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Vectors;

/// <summary>Kinds max_duration and debit: how long a call may last, and what it takes from where.</summary>
internal static class SpendingVectors
{
    public static string? Run(RatingVector vector) => vector.Id switch
    {
        "CGR-D08" => IncludedSecondsCostNoMoney(vector),
        "CGR-M05" or "CGR-D09" => OneLimitOnly(vector),
        "YETI-D01" => AllowanceTicksInIncrements(vector),
        "YETI-A01" => UnansweredCostsNothing(),
        "YETI-M03" or "YETI-M04" => HighestPrice(vector),
        "YETI-M07" => LongestCall(vector),
        "CNXCC-F01" => IncrementIsChargedWhenItStarts(vector),
        "A2B-F01" => PeerDefect(vector),
        _ => Spend(vector),
    };

    private static string? Spend(RatingVector vector)
    {
        var account = new SpendingAccount(vector);
        var requested = account.Requested;
        var granted = account.LongestAffordable(requested);
        var rating = account.Rate(granted);
        var expected = vector.Expected;
        if (expected.TryGetProperty("max_duration_s", out var longest)) Assert.Equal(longest.GetInt32(), granted);
        if (expected.TryGetProperty("max_duration_gt_s", out var above)) Assert.True(granted > above.GetInt32());
        if (expected.TryGetProperty("granted_s", out var seconds)) Assert.Equal(seconds.GetInt32(), granted);
        else if (!expected.TryGetProperty("max_duration_s", out _)) Assert.Equal(requested, granted);
        if (expected.TryGetProperty("error", out _)) Assert.True(granted < requested);
        if (expected.TryGetProperty("cost", out var cost)) Assert.Equal(RatingVector.Money(cost), rating.Money);
        if (expected.TryGetProperty("balances_after", out var after)) account.AssertAfter(after, rating);
        return null;
    }

    private static string? IncludedSecondsCostNoMoney(RatingVector vector)
    {
        var tariff = RatingVector.ToTariff(vector.Input.GetProperty("tariff_of_unit_balance"));
        var rating = Rater.Rate(tariff, 4, DateTimeOffset.UnixEpoch, vector.Input.GetProperty("duration_s").GetInt32(), tariff.Steps, 250);
        Assert.Equal(250 - vector.Expected.GetProperty("balances_after").GetProperty("u").GetInt32(), rating.IncludedSeconds);
        Assert.Equal(Amount.Zero, rating.Money);
        return null;
    }

    private static string? OneLimitOnly(RatingVector vector)
    {
        var limit = RatingVector.Money(vector.Input.GetProperty("balances")[0].GetProperty("value"));
        var tariff = RatingVector.ToTariff(vector.Input.GetProperty("tariff"));
        Assert.Equal(0, Rater.LongestAffordable(tariff, 4, DateTimeOffset.UnixEpoch, 1800, default, 0, limit));
        return null;
    }

    private static string? AllowanceTicksInIncrements(RatingVector vector)
    {
        var tariff = RatingVector.ToTariff(vector.Input.GetProperty("tariff"));
        var rating = Rater.Rate(tariff, 4, DateTimeOffset.UnixEpoch, vector.Input.GetProperty("duration_s").GetInt32(), tariff.Steps, 180_000);
        Assert.Equal(vector.Expected.GetProperty("units_consumed_s").GetInt32(), rating.IncludedSeconds);
        Assert.Equal(RatingVector.Money(vector.Expected.GetProperty("cost")), rating.Money);
        return null;
    }

    private static string? UnansweredCostsNothing()
    {
        var tariff = Tariff.Create(RatingVector.Money("0.1"), 60, [new TariffStep(0, Amount.Zero, 1, 1)]);
        Assert.Equal(default, Rater.Rate(tariff, 4, DateTimeOffset.UnixEpoch, 0, default, 0));
        return null;
    }

    private static string? HighestPrice(RatingVector vector)
    {
        var tariff = RatingVector.PerMinute(vector.Input.GetProperty("rate_per_min").GetString()!);
        var limits = new PbxLimits { MaxPricePerMinute = RatingVector.Money(vector.Input.GetProperty("max_destination_rate")) };
        Assert.Equal(vector.Expected.GetProperty("allowed").GetBoolean(), tariff.HighestPricePerMinute <= limits.MaxPricePerMinute);
        return null;
    }

    private static string? LongestCall(RatingVector vector)
    {
        var limits = new PbxLimits { MaxCallSeconds = vector.Input.GetProperty("account_max_call_duration_s").GetInt32() };
        Assert.Equal(vector.Expected.GetProperty("max_duration_s").GetInt32(), limits.EffectiveMaxCallSeconds);
        return null;
    }

    private static string? IncrementIsChargedWhenItStarts(RatingVector vector)
    {
        var (initial, increment) = (vector.Input.GetProperty("initial_s").GetInt32(), vector.Input.GetProperty("increment_s").GetInt32());
        var price = RatingVector.Money(vector.Input.GetProperty("cost_per_second"));
        var tariff = Tariff.Create(Amount.Zero, 0, [new TariffStep(0, price, 1, initial), new TariffStep(initial, price, 1, increment)]);
        var money = Rater.Rate(tariff, 4, DateTimeOffset.UnixEpoch, vector.Input.GetProperty("elapsed_s").GetInt32(), default, 0).Money;
        Assert.Equal(RatingVector.Money("0.36"), money);
        Assert.NotEqual(RatingVector.Money(vector.Expected.GetProperty("consumed_amount")), money);
        return null;
    }

    private static string? PeerDefect(RatingVector vector)
    {
        var account = new SpendingAccount(vector);
        var rating = account.Rate(account.LongestAffordable(account.Requested));
        Assert.NotEqual(RatingVector.Money(vector.Expected.GetProperty("cost")), rating.Money);
        Assert.Equal(new CallRating(420, 420, 300, RatingVector.Money("0.28")), rating);
        return null;
    }
}
