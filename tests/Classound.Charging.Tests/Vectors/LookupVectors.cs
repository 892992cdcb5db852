using System.Globalization;
using System.Text.Json;
using Classound.Charging.Allowances;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Vectors;

/// <summary>Kinds rate_select, reject and period: which price, and which month.</summary>
internal static class LookupVectors
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    public static string? Select(RatingVector vector)
    {
        var list = vector.Input.GetProperty("price_list").EnumerateArray().ToList();
        if (vector.Input.TryGetProperty("calls", out var calls)) return SelectByTime(vector, list, calls);
        var table = PrefixTable.Build([.. list.Select(row => new PriceListEntry(
            row.GetProperty("prefix").GetString()!, "", "", CallArea.None, RatingVector.PerMinute(row.GetProperty("rate_per_min").GetString()!), false))]);
        var entry = table.Match(Number(vector.Input.GetProperty("destination").GetString()!));
        Assert.Equal(RatingVector.Money(vector.Expected.GetProperty("rate_per_min")), entry?.OwnTariff?.HighestPricePerMinute);
        if (vector.Expected.TryGetProperty("matched_prefix", out var prefix)) Assert.Equal(prefix.GetString(), entry?.Prefix);
        return null;
    }

    public static string? Refuse(RatingVector vector)
    {
        // "1…" stands for any prefix that starts so; without a list, one of another country is there.
        var prefixes = vector.Input.TryGetProperty("prefixes", out var given)
            ? given.EnumerateArray().Select(p => p.GetString()!.TrimEnd('…')).ToList()
            : ["1"];
        var destination = vector.Input.GetProperty("destination").GetString()!.Replace('x', '0');
        var list = new PriceListVersion(
            "END_USER", "USD", "Etc/UTC", 4, 1, Midnight,
            new Dictionary<CallArea, Tariff> { [CallArea.Area1] = RatingVector.PerMinute("0.01") }, Table(prefixes));
        Assert.False(list.TryPrice(Number(destination), out _, out _));
        Assert.True(vector.Expected.TryGetProperty("error", out _));
        return null;
    }

    public static string? Period(RatingVector vector)
    {
        var calendar = new LocalCalendar(vector.Input.GetProperty("zone").GetString()!);
        var start = new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);
        var months = Enumerable.Range(0, 24 * 90).Select(hour => calendar.MonthOf(start.AddHours(hour))).ToList();
        // Each month is one run of hours: none comes back after another began, so nothing is in two of them.
        var runs = months.Where((month, hour) => hour == 0 || months[hour - 1] != month).ToList();
        Assert.Equal([202601, 202602, 202603, 202604], runs);
        Assert.Equal(202601, calendar.MonthOf(new DateTimeOffset(2026, 2, 1, 7, 59, 59, TimeSpan.Zero)));
        Assert.Equal(202602, calendar.MonthOf(new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.Zero)));
        return null;
    }

    /// <summary>Where a rate vector names a destination and prefixes, that the right one matches.</summary>
    public static void AssertPrefix(RatingVector vector)
    {
        if (!vector.Input.TryGetProperty("prefixes", out var prefixes)) return;
        var table = Table(prefixes.EnumerateArray().Select(p => p.GetString()!));
        var matched = table.Match(Number(vector.Input.GetProperty("destination").GetString()!))?.Prefix;
        Assert.NotNull(matched);
        if (vector.Expected.TryGetProperty("matched_prefix", out var expected)) Assert.Equal(Digits(expected.GetString()!), matched);
    }

    // Two rows of one prefix are refused here; what they were for is a band.
    private static string? SelectByTime(RatingVector vector, List<JsonElement> list, JsonElement calls)
    {
        var prices = list.Select(row => new TariffStep(0, RatingVector.Money(row.GetProperty("rate_per_min")), 60, 60)).ToList();
        var tariff = Tariff.Create(
            Amount.Zero, 0, [prices[0]], [new TariffBand(WeekDays.All, 12 * 60, 24 * 60, Amount.Zero, [prices[1]])], "Etc/UTC");
        var costs = calls.EnumerateArray().Select(
            time => Rater.Rate(tariff, 4, Midnight.Add(TimeSpan.Parse(time.GetString()!, CultureInfo.InvariantCulture)), 60, default, 0).Money);
        Assert.Equal(vector.Expected.GetProperty("rate_per_min_each").EnumerateArray().Select(RatingVector.Money), costs);
        return null;
    }

    private static PrefixTable Table(IEnumerable<string> prefixes) =>
        PrefixTable.Build([.. prefixes.Select(p => new PriceListEntry(Digits(p), "", "", CallArea.Area1, null, false))]);

    // The sources' short and trunk-zero destinations are not E.164: a 9 before a zero and zeros behind keep what they test.
    private static string Digits(string source)
    {
        var digits = source.TrimStart('+');
        return digits[0] == '0' ? "9" + digits : digits;
    }

    private static E164Number Number(string source)
    {
        var form = E164Number.Parse("+" + Digits(source).PadRight(E164Number.MinDigits, '0'), out var number);
        Assert.Equal(NumberForm.E164, form);
        return number;
    }
}
