using System.Globalization;
using Classound.PriceLists.Decks;

namespace Classound.PriceLists.Tests.Decks;

public sealed class DeckValueTests
{
    [Theory]
    [InlineData("0.28499999999999998", "0.285", 0)]
    [InlineData("3.5499999999999997E-2", "0.0355", 0)]
    [InlineData("2.85E-1", "0.285", 0)]
    [InlineData("0.1234567895", "0.12345679", 1)]
    [InlineData("0.0000000004", "0", 1)]
    [InlineData("$ 0.05", "0.05", 0)]
    [InlineData("USD 0.05", "0.05", 0)]
    [InlineData("0.05€", "0.05", 0)]
    [InlineData("1,000.00", "1000", 0)]
    [InlineData("12", "12", 0)]
    [InlineData("999.9999999999999999", "1000", 0)]
    public void Price_IsExact(string text, string price, int roundings)
    {
        var result = DeckText.Read($"Prefix,Rate\n39,\"{text}\"\n33,0.0125\n");

        Assert.Empty(result.Errors);
        Assert.Equal(price, result.Prices.Single(row => row.Entry.Prefix == "39").Entry.OwnTariff!.Steps[0].Price.ToString());
        Assert.Equal(roundings, result.Notes.Count(note => note.Reason.StartsWith("rounded", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1,9989", ',', "1.9989")]
    [InlineData("1.234,56", ',', null)]
    [InlineData("0,117", ',', "0.117")]
    [InlineData("1,234.5", '.', null)]
    [InlineData("1.125", '.', "1.125")]
    public void DecimalSeparator_IsDetected(string text, char separator, string? price)
    {
        var result = DeckText.Read($"Prefix;Rate\n39;{text}\n");

        Assert.Equal(separator, result.Mapping!.DecimalSeparator);
        Assert.Equal(price is null ? 1 : 0, result.ErrorCount); // Above the dearest price that is believed.
        if (price is not null) Assert.Equal([$"39 {price}/60+1"], result.Entries());
    }

    [Theory]
    [InlineData("0,01\n33;0.02", "2 Rate 0,01")]
    [InlineData("1,234\n33;2", "2 Rate 1,234")]
    public void DecimalSeparator_IsAskedForWhereTheColumnDoesNotTell(string rows, string place) =>
        Assert.Equal([place], DeckText.Read($"Prefix;Rate\n39;{rows}\n").Places());

    [Theory]
    [InlineData("49152, 49162, 49172-49174", "49152 49162 49172 49173 49174")]
    [InlineData("234803; 234806", "234803 234806")]
    [InlineData("336 07, 336 08", "33607 33608")]
    [InlineData("+521", "521")]
    [InlineData("447408-447410", "447408 447409 447410")]
    [InlineData("44x", "44")]
    [InlineData("393.0", "393")]
    [InlineData("1 (242)", "1242")]
    public void Codes_Expand(string cell, string codes) =>
        Assert.Equal(codes.Split(' '), DeckText.Read($"Prefix,Rate\n\"{cell}\",0.01\n").Prices.Select(price => price.Entry.Prefix));

    [Theory]
    [InlineData("3910000-3919999", null)]
    [InlineData("3910000-3920000", "10001")]
    [InlineData("39,3910000-3919999", "10001")]
    [InlineData("49174-49172", "rise")]
    [InlineData("4917-49172", "same number of digits")]
    [InlineData("49a", "expected digits")]
    public void Ranges_ExpandToTenThousandCodesAtMost(string cell, string? reason)
    {
        var result = DeckText.Read($"Prefix,Rate\n\"{cell}\",0.01\n49,0.01\n");

        if (reason is null) Assert.Equal(10_001, result.Prefixes);
        else Assert.Contains(reason, result.Reason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("45062", "2023-05-16")]
    [InlineData("2026-10-01", "2026-10-01")]
    [InlineData("20261001", "2026-10-01")]
    [InlineData("2026-10-01 13:30:00", "2026-10-01 13:30")]
    [InlineData("31/10/2026", "2026-10-31")]
    [InlineData("10/31/2026", "2026-10-31")]
    [InlineData("01.10.2026", "2026-10-01")]
    [InlineData("10/10/26", "2026-10-10")]
    [InlineData("1-Oct-2026", "2026-10-01")]
    [InlineData("45062.5", "2023-05-16 12:00")]
    [InlineData("ASAP", null)]
    public void Dates_AreRead(string text, string? expected)
    {
        var result = DeckText.Read($"Prefix,Rate,Effective\n39,0.01,{text}\n33,0.01,\n");

        Assert.Empty(result.Errors);
        var from = result.Prices[1].ValidFrom;
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), from);
    }

    [Theory]
    [InlineData("31/10/2026", "01/10/2026", "2026-10-01")]
    [InlineData("10/31/2026", "01/10/2026", "2026-01-10")]
    public void OrderOfDates_IsThatOfTheWholeColumn(string telling, string open, string expected)
    {
        var result = DeckText.Read($"Prefix,Rate,Effective\n39,0.01,{open}\n33,0.01,{telling}\n");

        Assert.Equal(expected, result.Prices[1].ValidFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("39,0.01,01/10/2026\n", "--date-order", "2 Effective 01/10/2026")]
    [InlineData("39,0.01,31/10/2026\n33,0.01,10/31/2026\n", "--date-order", "3 Effective 10/31/2026")]
    [InlineData("39,0.01,2026-10-01\n33,0.01,2026-13-01\n", "expected a date", "3 Effective 2026-13-01")]
    public void OpenOrWrongDates_AreErrors(string rows, string reason, string place)
    {
        var result = DeckText.Read("Prefix,Rate,Effective\n" + rows);

        Assert.Contains(reason, result.Reason(), StringComparison.Ordinal);
        Assert.Equal([place], result.Places());
    }

    [Fact]
    public void OrderOfDates_CanBeGiven() => Assert.Equal(
        new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero),
        DeckText.Read("Prefix,Rate,Effective\n39,0.01,01/10/2026\n", DeckText.Options with { DateOrder = DateOrder.MonthDayYear }).Prices[0].ValidFrom);

    [Theory]
    [InlineData("26-10-01", "2026-10-01")]
    [InlineData("26/10/31", "2026-10-31")]
    [InlineData("31/10/26", "2026-10-31")]
    [InlineData("10/31/26", "2026-10-31")]
    [InlineData("01.10.26", "2026-10-01")]
    [InlineData("1-Oct-26", "2026-10-01")]
    public void YearsOfTwoDigits_AreNear(string text, string expected)
    {
        var result = DeckText.Read($"Prefix,Rate,Effective\n39,0.01,{text}\n");

        Assert.Empty(result.Errors);
        Assert.Equal(expected, result.Prices[0].ValidFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("24/09/26", "first or last")]
    [InlineData("26/10/25", "first or last")]
    [InlineData("01/10/99", "none near")]
    [InlineData("26-Oct-01", "all digits of its year")]
    [InlineData("26.10.01", "all digits of its year")]
    [InlineData("01-Jan-99", "all digits of its year")]
    [InlineData("0001-01-01", "expected a date")]
    public void YearsOfTwoDigitsThatMayBeAnother_AreAskedFor(string text, string reason)
    {
        var result = DeckText.Read($"Prefix,Rate,Effective\n39,0.01,{text}\n");

        Assert.Equal([$"2 Effective {text}"], result.Places());
        Assert.Contains(reason, result.Reason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DateOrder.DayMonthYear, "24/09/26", "2026-09-24")]
    [InlineData(DateOrder.YearMonthDay, "24/09/26", "2024-09-26")]
    [InlineData(DateOrder.DayMonthYear, "01/10/99", "1999-10-01")]
    [InlineData(DateOrder.DayMonthYear, "01-Oct-01", "2001-10-01")]
    public void OrderGiven_DecidesWhichNumberIsTheYear(DateOrder order, string text, string expected) => Assert.Equal(
        expected,
        DeckText.Read($"Prefix,Rate,Effective\n39,0.01,{text}\n", DeckText.Options with { DateOrder = order }).Prices[0].ValidFrom?
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void OneDateThatTells_DecidesForAllYearsOfTwoDigits()
    {
        var result = DeckText.Read("Prefix,Rate,Effective\n39,0.01,24/09/26\n33,0.01,01/10/26\n");

        Assert.Equal((0, DateOrder.DayMonthYear), (result.ErrorCount, result.Mapping!.DateOrder));
        Assert.Equal(["3 Effective 30/09/2026"], DeckText.Read("Prefix,Rate,Effective\n39,0.01,26-10-01\n33,0.01,30/09/2026\n").Places());
    }
}
