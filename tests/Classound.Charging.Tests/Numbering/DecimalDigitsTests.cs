using System.Globalization;
using Classound.Charging.Numbering;
using CsCheck;

namespace Classound.Charging.Tests.Numbering;

public sealed class DecimalDigitsTests
{
    private const ulong Beyond = 1UL << 50;

    // Where a rounded reciprocal or a table by bits would be off by one.
    private static readonly ulong[] Edges =
    [
        0, Beyond - 1, .. Enumerable.Range(0, 50).SelectMany(bit => new[] { 1UL << bit, (1UL << bit) - 1 }),
        .. Enumerable.Range(0, 16).SelectMany(power => Enumerable.Range(1, 9).SelectMany(digit => Around((ulong)digit * DecimalDigits.Power(power)))),
    ];

    [Fact]
    public void Shortening_IsDivision_AtTheEdges()
    {
        foreach (var value in Edges.Where(value => value < Beyond))
            for (var digits = 0; digits <= 15; digits++) Assert.Equal(value / DecimalDigits.Power(digits), DecimalDigits.Shorten(value, digits));
    }

    [Fact]
    public void Shortening_IsDivision() =>
        Gen.Select(Gen.ULong[0, Beyond - 1], Gen.Int[0, 15]).Sample(
            (value, digits) => DecimalDigits.Shorten(value, digits) == value / DecimalDigits.Power(digits)
                && DecimalDigits.Shorten(value - value % DecimalDigits.Power(digits), digits) == value / DecimalDigits.Power(digits),
            iter: 100_000);

    [Fact]
    public void Count_IsTheLengthOfTheText()
    {
        Assert.Equal(0, DecimalDigits.Count(0));
        foreach (var value in Edges.Concat(Enumerable.Range(16, 4).SelectMany(power => Around(DecimalDigits.Power(power)))).Append(ulong.MaxValue))
            if (value > 0) Assert.Equal(value.ToString(CultureInfo.InvariantCulture).Length, DecimalDigits.Count(value));
        Gen.ULong[1, ulong.MaxValue].Sample(value => DecimalDigits.Count(value) == value.ToString(CultureInfo.InvariantCulture).Length);
    }

    [Theory]
    [InlineData(7UL, 0)]
    [InlineData(4_400UL, 2)]
    [InlineData(1_000_000_000_000_000UL, 15)]
    [InlineData(0UL, 15)]
    public void TrailingZeros_AreCounted(ulong value, int zeros) => Assert.Equal(zeros, DecimalDigits.TrailingZeros(value));

    private static IEnumerable<ulong> Around(ulong value) => [value - 1, value, value + 1];
}
