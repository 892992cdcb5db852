using System.Globalization;
using Classound.PriceLists.Pdf;
using CsCheck;

namespace Classound.PriceLists.Tests.Pdf;

public sealed class PrefixSpansTests
{
    [Theory]
    [InlineData("39", "39")]
    [InlineData("49152 49151", "49151|49152")]
    [InlineData("49151 49152 49153", "49151-49153")]
    [InlineData("8 9 10 11 12", "10-12|8|9")]
    [InlineData("99 100 101 102", "100-102|99")]
    [InlineData("4916 49151 49152 49153 49155", "49151-49153|49155|4916")]
    [InlineData("999999999999997 999999999999998 999999999999999", "999999999999997-999999999999999")]
    public void Prefixes_ThatFollowEachOther_AreSpans(string prefixes, string expected) =>
        Assert.Equal(expected, string.Join('|', PrefixSpans.Compress(prefixes.Split(' '))));

    [Fact]
    public void Spans_ExpandToThePrefixesTheyWereMadeOf() =>
        Gen.OneOf(Gen.Long[1, 60], Gen.Long[490, 530], Gen.Long[1, 999_999_999_999_999])
            .Select(digits => digits.ToString(CultureInfo.InvariantCulture)).HashSet[0, 80]
            .Sample(prefixes => Assert.Equal(
                prefixes.Order(StringComparer.Ordinal),
                PrefixSpans.Compress(prefixes).SelectMany(Expand).Order(StringComparer.Ordinal)));

    /// <summary>The prefixes that a customer reads from a span.</summary>
    internal static IEnumerable<string> Expand(string span)
    {
        var ends = span.Split('-');
        var last = long.Parse(ends[^1], CultureInfo.InvariantCulture);
        for (var at = long.Parse(ends[0], CultureInfo.InvariantCulture); at <= last; at++)
            yield return at.ToString(CultureInfo.InvariantCulture);
    }
}
