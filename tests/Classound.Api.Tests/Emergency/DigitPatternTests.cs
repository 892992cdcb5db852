using Classound.Api.Emergency;

namespace Classound.Api.Tests.Emergency;

public sealed class DigitPatternTests
{
    [Theory]
    [InlineData("112", "112")]
    [InlineData("112|911", "112 911")]
    [InlineData("1(?:12|[578])", "112 15 17 18")]
    [InlineData("1(?:0[0-28]|12|298)|2611", "100 101 102 108 112 1298 2611")]
    [InlineData("0(?:11?|22?|33?)|1(?:0[1-3]|12)", "01 011 02 022 03 033 101 102 103 112")]
    [InlineData("9(1){2}", "911")]
    [InlineData("1[12]{1,2}", "11 12 111 112 121 122")]
    [InlineData("1\\d", "10 11 12 13 14 15 16 17 18 19")]
    public void Pattern_IsWrittenOut(string pattern, string expected)
    {
        Assert.Equal(expected.Split(' ').Order(StringComparer.Ordinal), DigitPattern.Expand(pattern).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1*")]
    [InlineData("1+")]
    [InlineData("(?!9)11")]
    [InlineData("11(")]
    [InlineData("11)")]
    [InlineData("1[a-z]")]
    [InlineData("1{2")]
    [InlineData("\\d{5}")] // 100,000 numbers are no emergency numbers
    [InlineData("[0-9]{9}|112")]
    public void PatternOfAnotherKind_FailsAndLosesNothingInSilence(string pattern)
    {
        Assert.Throws<FormatException>(() => DigitPattern.Expand(pattern));
    }
}
