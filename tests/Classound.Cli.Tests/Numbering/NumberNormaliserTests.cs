using Classound.Cli.Numbering;

namespace Classound.Cli.Tests.Numbering;

public sealed class NumberNormaliserTests
{
    [Theory]
    [InlineData("US", "2125550143", "+12125550143")]
    [InlineData("US", "12125550143", "+12125550143")]
    [InlineData("US", "+44 20 7183 8750", "+442071838750")]
    [InlineData("US", "011442071838750", "+442071838750")]
    [InlineData("US", "(212) 555-0143", "+12125550143")]
    [InlineData("MX", "6682234660", "+526682234660")]
    [InlineData("GB", "02071838750", "+442071838750")]
    public void FullNumber_BecomesE164(string country, string dialled, string expected) =>
        Assert.Equal(expected, new NumberNormaliser(country).ToE164(dialled));

    [Theory]
    [InlineData("US", "")]
    [InlineData("US", "101")]
    [InlineData("US", "5550143")]
    [InlineData("US", "08317514027")]
    [InlineData("US", "919885910235")]
    [InlineData("US", "99901011919885912543")]
    [InlineData("US", "1800FLOWERS")]
    [InlineData("US", "*97")]
    [InlineData("US", "Anonymous")]
    [InlineData("MX", "02062002")]
    [InlineData("MX", "687133021")]
    [InlineData("MX", "442920001542")]
    public void WhatIsNotAFullNumber_StaysUnresolved(string country, string dialled) =>
        Assert.Null(new NumberNormaliser(country).ToE164(dialled));

    [Theory]
    [InlineData("MX", "911", true)]
    [InlineData("US", "112", true)]
    [InlineData("US", "9110", false)]
    [InlineData("GB", "911", false)]
    [InlineData("US", "", false)]
    public void EmergencyNumber_IsExactlyTheCountrys(string country, string dialled, bool expected) =>
        Assert.Equal(expected, new NumberNormaliser(country).IsEmergency(dialled));

    [Fact]
    public void CountryWithoutNumberingPlan_IsRefused() => Assert.Throws<ArgumentException>(() => new NumberNormaliser("XX"));
}
