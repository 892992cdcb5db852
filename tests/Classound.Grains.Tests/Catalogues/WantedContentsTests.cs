using Classound.Grains.Catalogues;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>Which contents a silo keeps in memory. A content is named by the one letter of its hash.</summary>
public sealed class WantedContentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void VersionsInForceOrDue_AreNeeded_OthersSpareInTheirOrder()
    {
        var wanted = Of(
            List("a", 1, Now.AddDays(-90)), // superseded too long ago
            List("b", 2, Now.AddDays(-50)),
            List("c", 3, Now.AddDays(-30)),
            List("d", 4, Now.AddDays(-1)),
            List("e", 5, Now.AddMinutes(60)),
            List("f", 6, Now.AddDays(2)),
            List("g", 7, Now.AddHours(2)),
            List("h", 8, null, importedAt: Now.AddHours(-23)),
            List("i", 9, null, importedAt: Now.AddHours(-1)),
            List("j", 10, null, importedAt: Now.AddHours(-25)));

        Assert.Equal("de gfihcb", Text(wanted));
    }

    [Fact]
    public void EachTypeHasItsOwnInForce_AndAContentCountsOnce()
    {
        var wanted = Of(List("a", 1, Now.AddDays(-1)), List("a", 1, Now.AddDays(-1), type: "GOLD"), List("b", 1, Now.AddDays(1), type: "SILVER"), List("a", 2, Now.AddDays(1)));

        Assert.Equal(["a", "b"], wanted.Contents);
        Assert.Equal((2, 1), (wanted.Needed.Count, wanted.Spare.Count));
    }

    [Fact]
    public void SpareContents_AreLimitedInNumberAndSize_NeededOnesNot()
    {
        var many = Of([.. Enumerable.Range(1, 40).Select(i => List($"{i:D2}", i, Now.AddDays(i)))]);
        var large = Of(
            List("a", 1, Now.AddDays(-1), prefixes: 9_000_000), List("b", 2, Now.AddDays(1), prefixes: 3_000_000),
            List("c", 3, Now.AddDays(2), prefixes: 3_000_000), List("d", 4, Now.AddDays(3), prefixes: 1_000_000));

        Assert.Equal((WantedContents.MaxSpare, 8), (many.Spare.Count, many.LeftOut));
        Assert.Equal(("a bd", 1), (Text(large), large.LeftOut));
    }

    private static WantedContents Of(params PriceListRecord[] lists) => WantedContents.Of(new CatalogueMetadata(1, lists, []), Now);

    private static string Text(WantedContents wanted) =>
        string.Concat(wanted.Needed.Select(list => list.ContentSha256)) + " " + string.Concat(wanted.Spare.Select(list => list.ContentSha256));

    private static PriceListRecord List(
        string content, int number, DateTimeOffset? effectiveAt, int prefixes = 1, DateTimeOffset? importedAt = null, string type = "END_USER") => new()
        {
            Type = type, Number = number, ContentSha256 = content, EffectiveAt = effectiveAt, Prefixes = prefixes, ImportedAt = importedAt ?? Now.AddYears(-1),
        };
}
