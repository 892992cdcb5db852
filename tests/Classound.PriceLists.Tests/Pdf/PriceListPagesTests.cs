using System.Text.RegularExpressions;
using Classound.Charging.Rating;
using Classound.PriceLists.Pdf;
using static Classound.PriceLists.Tests.Pdf.PdfSamples;

namespace Classound.PriceLists.Tests.Pdf;

/// <summary>What is printed, and that all of it has its place on a page.</summary>
public sealed partial class PriceListPagesTests
{
    private static readonly PriceListPages Printed = PriceListPages.Of(Document(Full()));

    [Fact]
    public void EveryPrefix_IsInExactlyOneRow()
    {
        var content = Full();
        var cells = PriceListPages.Sections(content)[^1].Tables[1].Rows.Select(row => row.Cells[1]).Where(cell => cell.Length > 0);

        Assert.Equal(
            content.Entries.Select(entry => entry.Prefix).Order(StringComparer.Ordinal),
            cells.SelectMany(cell => cell.Split(", ")).SelectMany(PrefixSpansTests.Expand).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryPrefix_IsOnExactlyOnePage()
    {
        // Nothing else on these pages is a number of five digits or more.
        var prefixes = Full().Entries.Select(entry => entry.Prefix).Where(prefix => prefix.Length >= 5);
        var printed = Printed.Pages.Skip(1).SelectMany(page => page.Texts)
            .SelectMany(text => LongNumber().Matches(text.Text)).Select(match => match.Value);

        Assert.Equal(prefixes.Order(StringComparer.Ordinal), printed.SelectMany(PrefixSpansTests.Expand).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryPlanBandAndFee_HasItsRow()
    {
        var sections = PriceListPages.Sections(Full());

        Assert.Equal(["Flat-fee plans", "DID numbers", "FreePhone", "Call termination"], sections.Select(section => section.Title));
        Assert.Equal(
        [
            "FLAT-1m|1 month|3000|shared by all users|1–5|19.90", "FLAT-1m|1 month|3000|shared by all users|6|18.00",
            "FLAT-1m|1 month|3000|shared by all users|7 and more|15.25", "SEAT-5y|5 years|1000|each user's own|1–20|9.00",
        ], Rows(sections[0].Tables[0]));
        Assert.Equal(["Germany|national|1.00|2.00", "Italy|geographic|0.00|1.50", "Italy|mobile|10.00|4.25"], Rows(sections[1].Tables[0]));
        Assert.Equal(["South Africa|12.00|0.030|0.185|0.400"], Rows(sections[2].Tables[0]));
        Assert.Equal(["Area 1|0.012000000|0.00|60/60"], Rows(sections[3].Tables[0]));
    }

    [Fact]
    public void Destinations_AreUnderTheirCountries_WithTheirPrices()
    {
        var content = Content(
            Entry("232", "SL", "Sierra Leone", highCost: true), Entry("39", "IT", "Italy"),
            Entry("393", "IT", "Italy mobile", Price("0.04/60+30|30:0.04/60+6")), Entry("35818", "AX", "Aland Islands"),
            Entry("390669812", "VA", "Vatican"), Entry("8816", "", "Iridium", Price("1/60+1"), highCost: true),
            Entry("27", "ZA", "South Africa"), Entry("3934", "IT", "Italy mobile", Price("0.04/60+30|30:0.04/60+6")));

        var rows = PriceListPages.Sections(content).Single().Tables[1].Rows;

        Assert.Equal(
        [
            "Group A: Aland Islands|35818|1|0.012|60/60",
            "Group I: Italy||||", "Row : Italy|39|1|0.012|60/60", "Row : Italy mobile|393, 3934|1|0.040|30/6",
            "Group S: Sierra Leone †|232|1|0.012|60/60", "Group S: South Africa|27|1|0.012|60/60",
            "Group V: Vatican City||||", "Row : Vatican|390669812|1|0.012|60/60",
            "Group Other: International and other services||||", "Row : Iridium †|8816|1|1.000|per second",
        ], rows.Select(row => $"{row.Kind} {row.Group?.Initial}: {string.Join('|', row.Cells)}"));
    }

    [Fact]
    public void BandsOfADestination_HaveALineEach()
    {
        var rows = PriceListPages.Sections(Full())[^1].Tables[1].Rows.SkipWhile(row => row.Cells[0] != "Italy").Skip(1).Take(4);

        Assert.Equal(
        [
            "Row: Italy|39|1|||",
            "Detail: Mon–Fri 08:00–18:00 (Europe/Rome)|||0.090000000|0.05|60/60",
            "Detail: Mon–Fri 08:00–18:00 (Europe/Rome), after 15 min|||0.050000000||per second",
            "Detail: at all other times|||0.030000000|0.02|6/6, minimum 30 s",
        ], rows.Select(row => $"{row.Kind}: {string.Join('|', row.Cells)}"));
    }

    [Fact]
    public void Prefix_WithoutAPrice_SaysSo()
    {
        var content = new PriceListContent(new Dictionary<CallArea, Tariff>(), [Entry("39", "IT", "Italy")]);

        Assert.Equal(["Italy|39|1|no price|"], Rows(PriceListPages.Sections(content).Single().Tables.Single()));
    }

    [Fact]
    public void Texts_StayWithinThePage_AndApartFromEachOther()
    {
        Assert.True(Printed.Pages.Count > 10);
        foreach (var page in Printed.Pages)
        {
            Assert.All(page.Texts, text => Assert.InRange(
                text.X, PrintPage.Margin, PrintPage.Margin + PrintPage.TextWidth - text.Style.Width(text.Text)));
            Assert.All(page.Texts, text => Assert.InRange(text.Baseline, 30, PrintPage.Height - 22));
            foreach (var line in page.Texts.GroupBy(text => text.Baseline))
            {
                var texts = line.OrderBy(text => text.X).ToList();
                for (var i = 1; i < texts.Count; i++)
                    Assert.True(texts[i].X > texts[i - 1].X + texts[i - 1].Style.Width(texts[i - 1].Text));
            }
        }
    }

    [Fact]
    public void Lines_OfOnePage_HaveRoom()
    {
        foreach (var page in Printed.Pages.Skip(1))
        {
            var baselines = page.Texts.Select(text => text.Baseline).Distinct().Order().ToList();
            for (var i = 1; i < baselines.Count; i++) Assert.True(baselines[i] - baselines[i - 1] > 6);
        }
    }

    [Fact]
    public void EveryPage_SaysWhatItIsOf_AndRepeatsTheColumnHeads()
    {
        for (var i = 0; i < Printed.Pages.Count; i++)
        {
            var texts = Printed.Pages[i].Texts.Select(text => text.Text).ToList();
            Assert.Contains($"Page {i + 1} of {Printed.Pages.Count}", texts);
            Assert.Contains(texts, text => text.Contains("Northwind Telephony", StringComparison.Ordinal)
                && text.Contains("Price list End User, version 3, EUR", StringComparison.Ordinal));
            if (i > 2) Assert.Contains("Prefixes", texts);
        }
    }

    [Fact]
    public void CountryThatGoesOnOnTheNextPage_IsNamedThere() =>
        Assert.Contains(Printed.Pages.SelectMany(page => page.Texts), text => text.Text == "United Kingdom (continued)");

    [Fact]
    public void TitlePage_HasTheFacts_AndTheContentsLeadToThePages()
    {
        var page = Printed.Pages[0];
        var texts = page.Texts.Select(text => text.Text).ToList();

        Assert.All(
            ["Northwind Telephony", "Price list", "End User", "3", "EUR", "1 January 2027, 00:00 (UTC+01:00)", "Europe/Berlin"],
            fact => Assert.Contains(fact, texts));
        Assert.Contains("4  Call termination", texts);
        Assert.Equal(Printed.Bookmarks.Where(bookmark => bookmark.Level < 2).Select(bookmark => (bookmark.Page, bookmark.Top)),
            page.Links.Select(link => (link.Page, link.TargetTop)));
    }

    [Fact]
    public void Bookmarks_AreSectionsInitialsAndCountries()
    {
        var titles = Printed.Bookmarks.Select(bookmark => $"{bookmark.Level} {bookmark.Title}").ToList();

        Assert.Equal(
        [
            "0 1  Flat-fee plans", "0 2  DID numbers", "0 3  FreePhone", "0 4  Call termination",
            "1 A", "2 Åland Islands", "1 C", "2 Czechia", "1 G", "2 Germany", "2 Greece", "1 I", "2 Italy", "1 J", "2 Japan", "1 R", "2 Russia", "1 U", "2 United Kingdom",
            "1 Other", "2 International and other services",
        ], titles);
    }

    [Fact]
    public void ListOfNothing_IsATitlePage()
    {
        var pages = PriceListPages.Of(Document(new PriceListContent(new Dictionary<CallArea, Tariff>(), [])) with { EffectiveFrom = null });

        Assert.Contains(Assert.Single(pages.Pages).Texts, text => text.Text == "draft, not in force");
        Assert.Empty(pages.Bookmarks);
    }

    private static IEnumerable<string> Rows(PrintTable table) => table.Rows.Select(row => string.Join('|', row.Cells));

    [GeneratedRegex(@"(?<![\d.-])\d{5,}(-\d{5,})?")]
    private static partial Regex LongNumber();
}
