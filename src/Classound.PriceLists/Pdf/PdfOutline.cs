using System.Globalization;
using System.Text;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// Bookmarks as a tree of objects that each know their neighbours (ISO 32000-1, 12.3.3); what is below sections is closed.
/// </summary>
internal sealed class PdfOutline
{
    private readonly PdfFile _file;
    private readonly IReadOnlyList<Bookmark> _bookmarks;
    private readonly int[] _numbers;
    private readonly int[] _pages;

    private PdfOutline(PdfFile file, IReadOnlyList<Bookmark> bookmarks, int[] pages)
    {
        _file = file;
        _bookmarks = bookmarks;
        _pages = pages;
        _numbers = [.. bookmarks.Select(_ => file.Reserve())];
    }

    /// <summary>The number of the outline, or 0 without bookmarks.</summary>
    public static int Write(PdfFile file, IReadOnlyList<Bookmark> bookmarks, int[] pages)
    {
        if (bookmarks.Count == 0) return 0;
        var root = file.Reserve();
        var outline = new PdfOutline(file, bookmarks, pages);
        var sections = outline.WriteChildren(0, bookmarks.Count, root);
        var (first, last) = (outline._numbers[sections[0]], outline._numbers[sections[^1]]);
        file.Write(root, $"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {sections.Count} >>");
        return root;
    }

    // Bookmarks from..to hang below one parent; those of the first one's level are its children.
    private List<int> WriteChildren(int from, int to, int parent)
    {
        var children = Enumerable.Range(from, to - from).Where(i => _bookmarks[i].Level == _bookmarks[from].Level).ToList();
        for (var i = 0; i < children.Count; i++)
        {
            var at = children[i];
            var end = i + 1 < children.Count ? children[i + 1] : to;
            var entry = new StringBuilder("<< /Title ").Append(PdfFile.Text(_bookmarks[at].Title));
            entry.Append(CultureInfo.InvariantCulture, $" /Parent {parent} 0 R");
            if (i > 0) entry.Append(CultureInfo.InvariantCulture, $" /Prev {_numbers[children[i - 1]]} 0 R");
            if (i + 1 < children.Count) entry.Append(CultureInfo.InvariantCulture, $" /Next {_numbers[children[i + 1]]} 0 R");
            if (at + 1 < end)
            {
                var below = WriteChildren(at + 1, end, _numbers[at]);
                entry.Append(CultureInfo.InvariantCulture, $" /First {_numbers[below[0]]} 0 R /Last {_numbers[below[^1]]} 0 R");
                entry.Append(CultureInfo.InvariantCulture, $" /Count {-below.Count}");
            }

            entry.Append(" /Dest ").Append(PdfPages.Destination(_pages[_bookmarks[at].Page], _bookmarks[at].Top)).Append(" >>");
            _file.WriteText(_numbers[at], entry.ToString());
        }

        return children;
    }
}
