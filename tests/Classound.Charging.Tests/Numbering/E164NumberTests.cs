using System.Globalization;
using Classound.Charging.Numbering;
using Classound.Charging.Tests.Vectors;
using CsCheck;

namespace Classound.Charging.Tests.Numbering;

public sealed class E164NumberTests
{
    private const string CountryCodesFile = "data/numbering/libphonenumber_country_codes_examples.csv";

    [Theory]
    [InlineData("+2908999", 7)]
    [InlineData("+14805550100", 11)]
    [InlineData("+999999999999999", 15)]
    public void GoodNumber_RoundTrips(string text, int length)
    {
        Assert.Equal(NumberForm.E164, E164Number.Parse(text, out var number));
        Assert.Equal(length, number.Length);
        Assert.Equal(text, number.ToString());
        Assert.Equal(text, $"{number}");
        Assert.Equal(number, E164Number.FromDigits(number.Digits));
    }

    [Fact]
    public void AnyNumberOf7To15Digits_RoundTrips() =>
        Gen.ULong[1_000_000, 999_999_999_999_999].Sample(digits =>
        {
            var text = "+" + digits.ToString(CultureInfo.InvariantCulture);
            return E164Number.Parse(text, out var number) == NumberForm.E164
                && number.Digits == digits && number.ToString() == text && number.Length == text.Length - 1;
        });

    [Fact]
    public void AnyText_NeverThrowsAndIsPresentOnlyAsE164() =>
        Gen.String[Gen.Char["+0123456789 -().;:@<>wp*#aé\u0660"], 0, 20].Sample(
            text => E164Number.Parse(text, out var number) == NumberForm.E164
                ? number.ToString() == text
                : !number.IsPresent,
            iter: 10_000);

    // The data says why seven: no fixed or mobile example is shorter, and none is longer than fifteen.
    [SkippableFact]
    public void EveryFixedOrMobileExampleOfTheMetadata_IsAccepted()
    {
        var path = SharedData.Find(CountryCodesFile);
        Skip.If(path is null, $"{CountryCodesFile} is not there");
        var header = File.ReadLines(path).First().Split(',').ToList();
        var fixedLine = header.IndexOf("fixedLine_example_e164");
        var lengths = new List<int>();
        // Only what stands before the first quoted cell is read, so that no CSV reader is needed here.
        foreach (var cells in File.ReadLines(path).Skip(1).Select(l => l.Split('"')[0].Split(',')))
            for (var column = fixedLine; column <= fixedLine + 1 && column < cells.Length; column++)
            {
                if (cells[column].Length == 0) continue;
                Assert.Equal(NumberForm.E164, E164Number.Parse(cells[column], out var number));
                lengths.Add(number.Length);
            }

        Assert.True(lengths.Count > 300, $"only {lengths.Count} examples");
        Assert.Equal(E164Number.MinDigits, lengths.Min());
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(999_999ul)]
    [InlineData(1_000_000_000_000_000ul)]
    public void StoredDigitsOutOfRange_Throw(ulong digits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => E164Number.FromDigits(digits));

    [Theory]
    [InlineData("+2908999", "+*****99")]
    [InlineData("+29089991", "+2*****91")]
    [InlineData("+14805550100", "+148******00")]
    [InlineData("+999999999999999", "+999**********99")]
    public void MaskedNumber_HidesAtLeastFiveDigits(string text, string masked)
    {
        E164Number.Parse(text, out var number);
        Assert.Equal(masked, number.Masked());
    }

    [Fact]
    public void AbsentNumber_IsEmptyEverywhere()
    {
        E164Number absent = default;
        Assert.False(absent.IsPresent);
        Assert.Equal(0, absent.Length);
        Assert.Equal("", absent.ToString());
        Assert.Equal("", absent.Masked());
        Assert.Equal("", $"{absent}");
    }

    [Fact]
    public void TooSmallTarget_IsNotWritten()
    {
        E164Number.Parse("+14805550100", out var number);
        Assert.False(number.TryFormat(new char[11], out var written, default, null));
        Assert.Equal(0, written);
        Assert.True(number.TryFormat(new char[12], out written, default, null));
        Assert.Equal(12, written);
    }

    [Fact]
    public void Order_IsByLengthThenDigits()
    {
        E164Number[] numbers = [E164Number.FromDigits(49_301_234_567), default, E164Number.FromDigits(9_999_999)];
        Array.Sort(numbers);
        Assert.Equal(["", "+9999999", "+49301234567"], numbers.Select(n => n.ToString()));
        Assert.True(numbers[1] < numbers[2] && numbers[2] >= numbers[1] && numbers[1] != numbers[2]);
    }
}
