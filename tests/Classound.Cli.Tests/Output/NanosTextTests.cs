using Classound.Cli.Output;

namespace Classound.Cli.Tests.Output;

public sealed class NanosTextTests
{
    [Theory]
    [InlineData(0, "0.00 EUR")]
    [InlineData(1, "0.000000001 EUR")]
    [InlineData(4_125_000, "0.004125 EUR")]
    [InlineData(19_900_000_000, "19.90 EUR")]
    [InlineData(-1_500_000_000, "-1.50 EUR")]
    [InlineData(long.MaxValue, "9223372036.854775807 EUR")]
    [InlineData(long.MinValue, "-9223372036.854775808 EUR")]
    public void Amount_IsWrittenExactly(long nanos, string expected) => Assert.Equal(expected, NanosText.Format(nanos, "EUR"));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("19.9", 19_900_000_000)]
    [InlineData("0.000000001", 1)]
    [InlineData("9223372036.854775807", long.MaxValue)]
    public void Amount_IsReadExactly(string text, long expected)
    {
        Assert.True(NanosText.TryParse(text, out var nanos));
        Assert.Equal(expected, nanos);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1,5")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("0.0000000001")]
    [InlineData("9223372036.854775808")]
    [InlineData("10000000000")]
    public void WhatIsNotAnAmount_IsRefused(string text) => Assert.False(NanosText.TryParse(text, out _));
}
