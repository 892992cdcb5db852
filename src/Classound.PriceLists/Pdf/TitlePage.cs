using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Pdf;

/// <summary>The first page: whose list it is and of when, what is where, and how to read it.</summary>
internal sealed class TitlePage(PrintPage page, PriceListDocument document)
{
    private const double FactWidth = 96;
    private const int InitialsPerLine = 9;

    private double _y = 96;

    public void Print(IReadOnlyList<Bookmark> bookmarks)
    {
        Paragraph(document.OperatorName, TextStyle.Operator, 16);
        _y += 26;
        Paragraph("Price list", TextStyle.Title, 34);
        Paragraph(PriceWords.Type(document.Type), TextStyle.Subtitle, 22);
        _y += 8;
        page.Boxes.Add(new PageBox(PrintPage.Margin, _y, PrintPage.TextWidth, 1.2, Shade.Accent));
        _y += 26;
        PrintFacts();
        if (bookmarks.Count > 0) PrintContents(bookmarks);
        PrintNotes();
    }

    private void PrintFacts()
    {
        Fact("Version", document.Version == 0 ? "not imported yet" : document.Version.ToString(CultureInfo.InvariantCulture));
        Fact("Currency", document.Currency);
        Fact("Valid from", document.EffectiveFrom is { } from ? PriceWords.Moment(from, document.TimeZoneId) : "draft, not in force");
        if (document.EffectiveFrom is not null)
            Fact("Valid until", document.EffectiveUntil is { } until ? PriceWords.Moment(until, document.TimeZoneId) : "further notice");
        Fact("Time zone", document.TimeZoneId);
    }

    private void Fact(string name, string value)
    {
        page.Write(PrintPage.Margin, _y, name, TextStyle.TextStrong);
        foreach (var line in PrintableText.Lines(value, TextStyle.Text, PrintPage.TextWidth - FactWidth))
        {
            page.Write(PrintPage.Margin + FactWidth, _y, line, TextStyle.Text);
            _y += 15;
        }
    }

    private void PrintContents(IReadOnlyList<Bookmark> bookmarks)
    {
        Caption("Contents");
        foreach (var section in bookmarks.Where(bookmark => bookmark.Level == 0))
        {
            var number = PageNumber(section);
            page.Write(PrintPage.Margin, _y, section.Title, TextStyle.Text);
            page.WriteRight(PrintPage.Margin + PrintPage.TextWidth, _y, number, TextStyle.Text);
            var from = PrintPage.Margin + TextStyle.Text.Width(section.Title) + 6;
            var to = PrintPage.Margin + PrintPage.TextWidth - TextStyle.Text.Width(number) - 6;
            page.Boxes.Add(new PageBox(from, _y - 0.4, to - from, 0.4, Shade.Rule));
            page.Links.Add(new PageLink(PrintPage.Margin, _y - 10, PrintPage.TextWidth, 14, section.Page, section.Top));
            _y += 16;
        }

        PrintInitials([.. bookmarks.Where(bookmark => bookmark.Level == 1)]);
    }

    private void PrintInitials(Bookmark[] initials)
    {
        const double Width = (PrintPage.TextWidth - 14) / InitialsPerLine;
        for (var i = 0; i < initials.Length; i++)
        {
            if (i > 0 && i % InitialsPerLine == 0) _y += 14;
            var x = PrintPage.Margin + 14 + i % InitialsPerLine * Width;
            page.Write(x, _y, initials[i].Title, TextStyle.Strong);
            page.Write(x + TextStyle.Strong.Width(initials[i].Title) + 5, _y, PageNumber(initials[i]), TextStyle.Body);
            page.Links.Add(new PageLink(x - 2, _y - 9, Width - 2, 13, initials[i].Page, initials[i].Top));
        }

        if (initials.Length > 0) _y += 14;
    }

    private void PrintNotes()
    {
        Caption("How to read this list");
        Note($"All amounts are in {document.Currency}. The price of a call is rounded once, half up, to {Places(document.Decimals)}.");
        if (document.Content.Entries.Count == 0) return;
        Note("A call is charged by the longest prefix that the called number begins with. Prefixes begin with the country code and "
            + "are written without \"+\"; 49151-49153 stands for 49151, 49152 and 49153.");
        Note("Prices are per minute. Increments say what is charged of it: \"per second\" charges the seconds used, \"60/60\" every "
            + "started minute whole, \"30/6\" the first 30 seconds whole and then every started 6 seconds. A connect fee is charged once "
            + "per call.");
        if (document.Content.Plans.Count > 0)
        {
            Note("Calls to Area 1 use the minutes that a flat-fee plan includes; after those, and in all other areas, the prices of call "
                + "termination apply.");
        }

        if (document.Content.Entries.Any(HasBands))
            Note("Where a price depends on day and hour, an increment is charged by the hour at which it begins, in the named zone.");
        if (document.Content.Entries.Any(entry => entry.HighCost))
            Note("† High-cost destination: calls to it are barred for new customers until they are allowed.");
    }

    private bool HasBands(PriceListEntry entry) =>
        (entry.OwnTariff ?? document.Content.AreaTariffs.GetValueOrDefault(entry.Area)) is { Bands.IsEmpty: false };

    private void Caption(string caption)
    {
        _y += 26;
        page.Write(PrintPage.Margin, _y, caption, TextStyle.Caption);
        _y += 19;
    }

    private void Note(FormattableString text) => Note(text.ToString(CultureInfo.InvariantCulture));

    private void Note(string text)
    {
        Paragraph(text, TextStyle.Text, 13);
        _y += 4;
    }

    private void Paragraph(string text, TextStyle style, double lineHeight)
    {
        if (text.Length == 0) return;
        foreach (var line in PrintableText.Lines(text, style, PrintPage.TextWidth))
        {
            page.Write(PrintPage.Margin, _y, line, style);
            _y += lineHeight;
        }
    }

    private static string PageNumber(Bookmark bookmark) => (bookmark.Page + 1).ToString(CultureInfo.InvariantCulture);

    private static string Places(int decimals) => decimals switch
    {
        0 => "whole units",
        1 => "1 decimal",
        _ => string.Create(CultureInfo.InvariantCulture, $"{decimals} decimals"),
    };
}
