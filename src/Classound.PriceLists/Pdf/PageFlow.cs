using System.Globalization;

namespace Classound.PriceLists.Pdf;

/// <summary>Fills page after page with sections, one below the other.</summary>
internal sealed class PageFlow
{
    // A heading at the foot of a page, with next to nothing below it, looks like a mistake.
    private const double RoomOfHeading = 150;

    private string _runningHead = "";

    /// <param name="titlePage">The first page, which others fill.</param>
    public PageFlow(PrintPage titlePage)
    {
        Pages.Add(titlePage);
        Y = PrintPage.Bottom;
    }

    public List<PrintPage> Pages { get; } = [];

    public List<Bookmark> Bookmarks { get; } = [];

    public PrintPage Page => Pages[^1];

    /// <summary>Upper edge of what comes next.</summary>
    public double Y { get; set; }

    /// <summary>Height left on the page.</summary>
    public double Left => PrintPage.Bottom - Y;

    public void Mark(string title, int level) => Bookmarks.Add(new Bookmark(title, level, Pages.Count - 1, Y));

    public void Print(IReadOnlyList<PrintSection> sections)
    {
        for (var i = 0; i < sections.Count; i++)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"{i + 1}  {sections[i].Title}");
            if (Left < RoomOfHeading) StartPage("");
            else Y += 30;
            _runningHead = title;
            Mark(title, 0);
            Page.Write(PrintPage.Margin, Y + 14, title, TextStyle.Heading);
            Y += 26;
            foreach (var table in sections[i].Tables) Print(table);
        }
    }

    public void StartPage() => StartPage(_runningHead);

    private void Print(PrintTable table)
    {
        if (table.Caption.Length > 0)
        {
            if (Left < RoomOfHeading) StartPage();
            Page.Write(PrintPage.Margin, Y + 10, table.Caption, TextStyle.Caption);
            Y += 18;
        }

        new TableFlow(this, table).Print();
        Y += 16;
    }

    private void StartPage(string runningHead)
    {
        Pages.Add(new PrintPage());
        Page.Write(PrintPage.Margin, PrintPage.Top - 22, runningHead, TextStyle.Small);
        Y = PrintPage.Top;
    }
}
