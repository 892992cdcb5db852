using System.Globalization;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.Charging.Tests.Rating;

public sealed class PrefixTableTests
{
    // Few digits and few lengths, so that prefixes nest and neighbour each other all the time.
    private static readonly Gen<string> Prefixes = Gen.OneOf(
        Digits("129", 0, 6), Digits("1234567890", 0, 3), Digits("19", 5, 14));

    private static readonly Gen<string> Deep = Gen.OneOf(
        Digits("129", 13, 14).Select(digits => "4477000" + digits[^8..]), Gen.Int[0, 999].Select(i => $"44770000000{i:0000}"),
        Gen.Int[0, 99].Select(i => $"4477000000{i:00}"), Gen.Int[0, 9_999].Select(i => $"9999999{i:0000}"));

    private static readonly PriceListTerms Shared = new("", "", CallArea.Area1, null, false);

    private static readonly Gen<E164Number> Numbers = Gen.OneOf(
        Digits("129", 6, 14).Select(Number), Digits("1234567890", 6, 14).Select(Number), Digits("19", 6, 14).Select(Number));

    [Theory]
    [InlineData("+491512345678", "4915")]
    [InlineData("+4915123456", "4915")]
    [InlineData("+493012345678", "49")]
    [InlineData("+49151000000", "4915")] // 49151000 is longer than nothing that was dialled here.
    [InlineData("+12025550123", "1")]
    [InlineData("+33123456789", null)]
    [InlineData("+502345678", null)] // Right behind the last number of 49.
    public void LongestPrefix_Wins(string called, string? prefix)
    {
        var table = PrefixTable.Build([Entry("49"), Entry("1"), Entry("4915")]);
        Assert.Equal(prefix, table.Match(Parse(called))?.Prefix);
    }

    [Fact]
    public void PrefixLongerThanTheNumber_DoesNotMatchIt()
    {
        // Padded with zeros, +4915123 looks like the start of 49151230 and of 491512300.
        var table = PrefixTable.Build([Entry("49"), Entry("49151230"), Entry("491512300"), Entry("4915123")]);
        Assert.Equal("4915123", table.Match(Parse("+4915123"))?.Prefix);
        Assert.Equal("49151230", table.Match(Parse("+49151230"))?.Prefix);
        Assert.Equal("491512300", table.Match(Parse("+491512300"))?.Prefix);
        Assert.Null(PrefixTable.Build([Entry("49151230")]).Match(Parse("+4915123")));
    }

    [Fact]
    public void EmptyTable_MatchesNothing()
    {
        var table = PrefixTable.Build([]);
        Assert.Null(table.Match(Parse("+4915123")));
        Assert.Null(table.Match(default));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void AbsentNumber_MatchesNothing() => Assert.Null(PrefixTable.Build([Entry("4")]).Match(default));

    [Fact]
    public void SamePrefixTwice_IsRefusedWithBothEntries()
    {
        var refused = Assert.Throws<DuplicatePrefixException>(() => PrefixTable.Build([Entry("1"), Entry("49"), Entry("4"), Entry("49")]));
        Assert.Equal(("49", 1, 3), (refused.Prefix, refused.FirstIndex, refused.SecondIndex));
        Assert.Equal("prefix 49: given twice, as entries 2 and 4; expected once", refused.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+49")]
    [InlineData("049")]
    [InlineData("4 9")]
    [InlineData("\u0664")]
    [InlineData("1234567890123456")]
    public void BadPrefix_IsRefusedByName(string prefix)
    {
        var refused = Assert.Throws<ArgumentException>(() => Entry(prefix));
        Assert.StartsWith($"prefix \"{prefix}\": expected 1 to 15 digits, the first of them 1-9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoEntry_IsRefusedByPlace() =>
        Assert.Equal("entry 2 has no prefix", Assert.Throws<ArgumentException>(() => PrefixTable.Build([Entry("1"), default])).Message);

    [Fact]
    public void BadArea_IsRefusedByName()
    {
        var refused = Assert.Throws<ArgumentException>(() => PrefixTable.Build([Entry("1") with { Area = (CallArea)7 }]));
        Assert.Equal("area 7 of entry 1: expected 0 to 6", refused.Message);
    }

    [Fact]
    public void AnyNumber_MatchesWhatTryingEveryPrefixFinds() =>
        Gen.Select(Prefixes.Array[0, 60], Numbers.Array[10], Gen.Bool).Sample(
            (prefixes, numbers, share) =>
            {
                var table = PrefixTable.Build([.. prefixes.Distinct(StringComparer.Ordinal).Select(prefix => share ? Sharing(prefix) : Entry(prefix))]);
                foreach (var number in numbers) Assert.Equal(Naive(prefixes, number), table.Match(number)?.Prefix);
            },
            iter: 10_000);

    [Fact]
    public void ManyPrefixes_MatchWhatTryingEveryPrefixFinds()
    {
        // Enough for the widest slots, and dense enough for many boundaries in one of them.
        var prefixes = Enumerable.Range(0, 60_000).Select(i => (1_000 + i * 7 % 900_000).ToString(CultureInfo.InvariantCulture))
            .Concat(Enumerable.Range(0, 20_000).Select(i => (44_770_000_000 + i * 3L).ToString(CultureInfo.InvariantCulture)))
            .Distinct(StringComparer.Ordinal).ToList();
        var table = PrefixTable.Build([.. prefixes.Select(Entry)]);
        var known = prefixes.ToHashSet(StringComparer.Ordinal);
        Assert.Equal(prefixes.Count, table.Count);
        for (var i = 0; i < 40_000; i++)
        {
            var number = E164Number.FromDigits(i % 2 == 0 ? 44_770_000_000UL + (ulong)i * 2 : 10_000_000UL + (ulong)i * 2_477_313UL);
            Assert.Equal(LongestKnown(known, number), table.Match(number)?.Prefix);
        }
    }

    [Fact]
    public void PrefixesThatDifferInTheLastDigits_MatchWhatTryingEveryPrefixFinds() =>
        // Of up to 15 digits and close together, so that more begin in one granule than a line has room for, beside some that do not.
        Gen.Select(Deep.Array[20, 200], Deep.Select(Number).Array[30], Gen.Bool).Sample(
            (prefixes, numbers, share) =>
            {
                var table = PrefixTable.Build([.. prefixes.Distinct(StringComparer.Ordinal).Select(prefix => share ? Sharing(prefix) : Entry(prefix))]);
                foreach (var number in numbers) Assert.Equal(Naive(prefixes, number), table.Match(number)?.Prefix);
            },
            iter: 1_000);

    [Fact]
    public void MoreTermsThanAPageHas_AreEachFoundUnderTheirPrefixes()
    {
        // Terms come again after as many others as fill two pages, and neighbours on a line can be of two pages.
        var terms = Enumerable.Range(0, 9_000).Select(i => new PriceListTerms("", $"{i}", CallArea.Area1, null, false)).ToArray();
        var entries = Enumerable.Range(0, 40_000).Select(i => new PriceListEntry(new NumberPrefix(50_000UL + (ulong)i, 5), terms[i * 7 % terms.Length])).ToArray();
        var table = PrefixTable.Build(entries);
        foreach (var entry in entries)
            Assert.Same(entry.Terms, table.Match(E164Number.FromDigits(entry.Digits.Digits * 10_000_000 + 1_234_567))?.Terms);
        Assert.Null(table.Match(Parse("+4999999999")));
    }

    [Fact]
    public void LoadOrder_DoesNotMatter() =>
        Gen.Select(Prefixes.Array[1, 40], Numbers.Array[20], Gen.Int).Sample(
            (prefixes, numbers, seed) =>
            {
                var entries = prefixes.Distinct(StringComparer.Ordinal).Select(Entry).ToArray();
                var ordered = PrefixTable.Build(entries);
                new Random(seed).Shuffle(entries);
                var shuffled = PrefixTable.Build(entries);
                return ordered.Entries.SequenceEqual(shuffled.Entries)
                    && numbers.All(n => ordered.Match(n) == shuffled.Match(n));
            },
            iter: 500);

    [Fact]
    public void NeighboursOfTheSameTerms_AreStillPrefixesOfTheirOwn()
    {
        var shared = Entry("4").Terms;
        var table = PrefixTable.Build([.. Enumerable.Range(40, 20).Select(i => new PriceListEntry(new NumberPrefix((ulong)i, 2), shared)), Entry("455")]);
        Assert.Equal("44", table.Match(Parse("+4491234567"))?.Prefix);
        Assert.Equal("45", table.Match(Parse("+4540000000"))?.Prefix);
        Assert.Equal("455", table.Match(Parse("+4550000000"))?.Prefix);
        Assert.Equal("45", table.Match(Parse("+4560000000"))?.Prefix);
        Assert.Equal("59", table.Match(Parse("+5999999999"))?.Prefix);
        Assert.Equal((21, "48"), (table.Count, table.Find(new NumberPrefix(48, 2))?.Prefix));
        Assert.Null(table.Find(new NumberPrefix(480, 3)));
    }

    [Fact]
    public void Entries_AreAllThere_EachBeforeTheOnesItStarts()
    {
        var table = PrefixTable.Build([Entry("5"), Entry("4915"), Entry("49"), Entry("4")]);
        Assert.Equal(["4", "49", "4915", "5"], table.Entries.Select(e => e.Prefix));
    }

    private static string? Naive(IEnumerable<string> prefixes, E164Number number) => prefixes
        .Where(p => number.ToString().StartsWith("+" + p, StringComparison.Ordinal))
        .MaxBy(p => p.Length);

    private static string? LongestKnown(HashSet<string> known, E164Number number)
    {
        for (var digits = number.ToString()[1..]; digits.Length > 0; digits = digits[..^1])
            if (known.Contains(digits)) return digits;
        return null;
    }

    private static Gen<string> Digits(string first, int least, int most) =>
        Gen.Select(Gen.Char[first.Replace("0", "", StringComparison.Ordinal)], Gen.String[Gen.Char[first + "09"], least, most])
            .Select((a, rest) => a + rest);

    private static PriceListEntry Entry(string prefix) => new(prefix, "", prefix, CallArea.Area1, null, false);

    // Of the same terms as all others, so that neighbours fall together.
    private static PriceListEntry Sharing(string prefix) => new(NumberPrefix.Parse(prefix), Shared);

    private static E164Number Number(string digits) => Parse("+" + digits);

    private static E164Number Parse(string text) =>
        E164Number.Parse(text, out var number) == NumberForm.E164 ? number : throw new FormatException(text);
}
