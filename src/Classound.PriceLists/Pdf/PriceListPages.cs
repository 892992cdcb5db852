using System.Globalization;

namespace Classound.PriceLists.Pdf;

/// <summary>A price list set on pages: what is where, ready to be drawn.</summary>
internal sealed record PriceListPages(IReadOnlyList<PrintPage> Pages, IReadOnlyList<Bookmark> Bookmarks)
{
    private const double FooterBaseline = PrintPage.Height - 32;

    /// <summary>The parts that the list has, in the order in which they are printed.</summary>
    public static IReadOnlyList<PrintSection> Sections(PriceListContent content)
    {
        var sections = new List<PrintSection>();
        if (content.Plans.Count > 0) sections.Add(FeeSections.Plans(content.Plans));
        if (content.DidFees.Count > 0) sections.Add(FeeSections.Dids(content.DidFees));
        if (content.FreePhoneFees.Count > 0) sections.Add(FeeSections.FreePhone(content.FreePhoneFees));
        if (content.AreaTariffs.Count > 0 || content.Entries.Count > 0) sections.Add(TerminationSection.Build(content));
        return sections;
    }

    public static PriceListPages Of(PriceListDocument document)
    {
        var title = new PrintPage();
        var flow = new PageFlow(title);
        flow.Print(Sections(document.Content));
        new TitlePage(title, document).Print(flow.Bookmarks);
        var footer = Footer(document);
        for (var i = 0; i < flow.Pages.Count; i++) PrintFooter(flow.Pages[i], footer, Say($"Page {i + 1} of {flow.Pages.Count}"));
        return new PriceListPages(flow.Pages, flow.Bookmarks);
    }

    /// <summary>"Price list End User, version 3".</summary>
    public static string Title(PriceListDocument document) => document.Version == 0
        ? $"Price list {PriceWords.Type(document.Type)}, draft"
        : Say($"Price list {PriceWords.Type(document.Type)}, version {document.Version}");

    // The operator's name is the only part of it without a limit of its own.
    private static string Footer(PriceListDocument document)
    {
        var title = document.EffectiveFrom is null && document.Version > 0 ? $"{Title(document)}, draft" : Title(document);
        var facts = $"{title}, {document.Currency}";
        return document.OperatorName.Length == 0 ? facts : $"{document.OperatorName}   ·   {facts}";
    }

    private static void PrintFooter(PrintPage page, string footer, string number)
    {
        var right = PrintPage.Margin + PrintPage.TextWidth;
        page.Boxes.Add(new PageBox(PrintPage.Margin, FooterBaseline - 12, PrintPage.TextWidth, 0.4, Shade.Rule));
        page.WriteRight(right, FooterBaseline, number, TextStyle.Small);
        var lines = PrintableText.Lines(footer, TextStyle.Small, PrintPage.TextWidth - TextStyle.Small.Width(number) - 12);
        for (var i = 0; i < Math.Min(lines.Count, 2); i++) page.Write(PrintPage.Margin, FooterBaseline + 9 * i, lines[i], TextStyle.Small);
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
