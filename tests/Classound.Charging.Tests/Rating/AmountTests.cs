using System.Globalization;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.Charging.Tests.Rating;

public sealed class AmountTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0.0225", 22_500_000)]
    [InlineData("12", 12_000_000_000)]
    [InlineData("007.50", 7_500_000_000)]
    [InlineData("0.000000001", 1)]
    [InlineData("-0.5", -500_000_000)]
    [InlineData("9223372036.854775807", long.MaxValue)]
    [InlineData("-9223372036.854775808", long.MinValue)]
    public void PlainDecimal_IsRead(string text, long nanos)
    {
        Assert.True(Amount.TryParse(text, out var amount));
        Assert.Equal(new Amount(nanos), amount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("+5")]
    [InlineData("--5")]
    [InlineData("1,5")]
    [InlineData("1,000.00")]
    [InlineData("1e3")]
    [InlineData("0.0000000001")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    [InlineData("1.2.3")]
    [InlineData("1.-2")]
    [InlineData("\u0661")]
    [InlineData("9223372036.854775808")]
    [InlineData("-9223372036.854775809")]
    [InlineData("99999999999999999999")]
    [InlineData("000000000000000000001")]
    [InlineData("NaN")]
    public void AnythingElse_IsRefused(string text)
    {
        Assert.False(Amount.TryParse(text, out var amount));
        Assert.Equal(Amount.Zero, amount);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(22_500_000, "0.0225")]
    [InlineData(1, "0.000000001")]
    [InlineData(-1, "-0.000000001")]
    [InlineData(12_000_000_000, "12")]
    [InlineData(long.MinValue, "-9223372036.854775808")]
    public void Text_IsPlainAndWithoutTrailingZeros(long nanos, string text) => Assert.Equal(text, new Amount(nanos).ToString());

    [Fact]
    public void AnyAmount_ReadsBackItsText() =>
        Gen.Long.Sample(nanos => Amount.TryParse(new Amount(nanos).ToString(), out var read) && read.Nanos == nanos);

    [Fact]
    public void Text_IsTheSameInEveryCulture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("-1234.5", new Amount(-1_234_500_000_000).ToString());
            Assert.Equal("-1234.5", $"{new Amount(-1_234_500_000_000)}");
            Assert.True(Amount.TryParse("1234.5", out _));
            Assert.False(Amount.TryParse("1234,5", out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Overflow_Throws()
    {
        Assert.Throws<OverflowException>(() => new Amount(long.MaxValue) + new Amount(1));
        Assert.Throws<OverflowException>(() => new Amount(long.MinValue) - new Amount(1));
        Assert.Throws<OverflowException>(() => -new Amount(long.MinValue));
    }

    [Fact]
    public void TooSmallTarget_IsNotWritten() =>
        Assert.False(new Amount(22_500_000).TryFormat(new char[5], out _, default, null));

    [Fact]
    public void Order_IsByValue()
    {
        var (less, more) = (new Amount(-1), new Amount(2));
        Assert.True(less < more && less <= more && more > less && more >= less && less.CompareTo(more) < 0);
        Assert.Equal(new Amount(1), less + more);
        Assert.Equal(new Amount(-3), less - more);
    }
}
