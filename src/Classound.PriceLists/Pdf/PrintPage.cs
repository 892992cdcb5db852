using PdfSharp.Drawing;

namespace Classound.PriceLists.Pdf;

/// <summary>What stands on a page and where: points (1/72 inch) from its upper left corner. Drawing it takes no more decisions.</summary>
internal sealed class PrintPage
{
    /// <summary>A4.</summary>
    public const double Width = 595.28;

    public const double Height = 841.89;

    /// <summary>Of the text, on either side.</summary>
    public const double Margin = 46;

    public const double TextWidth = Width - 2 * Margin;

    /// <summary>Where tables begin and end; above and below are the running head and the footer.</summary>
    public const double Top = 62;

    public const double Bottom = Height - 56;

    public List<PageText> Texts { get; } = [];

    public List<PageBox> Boxes { get; } = [];

    public List<PageLink> Links { get; } = [];

    public void Write(double x, double baseline, string text, TextStyle style)
    {
        if (text.Length > 0) Texts.Add(new PageText(x, baseline, text, style));
    }

    /// <summary>Ends at <paramref name="right"/>.</summary>
    public void WriteRight(double right, double baseline, string text, TextStyle style) =>
        Write(right - style.Width(text), baseline, text, style);
}

internal readonly record struct PageText(double X, double Baseline, string Text, TextStyle Style);

/// <summary>A filled area; a rule is a thin one.</summary>
internal readonly record struct PageBox(double X, double Top, double Width, double Height, Shade Shade);

/// <summary>An area that leads to a place in the document.</summary>
/// <param name="Page">From 0.</param>
internal readonly record struct PageLink(double X, double Top, double Width, double Height, int Page, double TargetTop);

/// <summary>An entry of the outline.</summary>
/// <param name="Level">0 = section, 1 = initial, 2 = country.</param>
/// <param name="Page">From 0.</param>
internal sealed record Bookmark(string Title, int Level, int Page, double Top);

/// <summary>Colours, by what they are for.</summary>
internal enum Shade : byte
{
    Ink = 0,
    Grey = 1,
    Accent = 2,
    Rule = 3,
    Band = 4,
}

internal sealed record TextStyle(FontFace Face, double Size, Shade Shade)
{
    public static readonly TextStyle Body = new(FontFace.Regular, 8.5, Shade.Ink);
    public static readonly TextStyle Strong = new(FontFace.Bold, 8.5, Shade.Ink);
    public static readonly TextStyle Detail = new(FontFace.Regular, 8, Shade.Grey);
    public static readonly TextStyle ColumnHead = new(FontFace.Bold, 7.5, Shade.Accent);
    public static readonly TextStyle Small = new(FontFace.Regular, 7.5, Shade.Grey);
    public static readonly TextStyle Text = new(FontFace.Regular, 9.5, Shade.Ink);
    public static readonly TextStyle TextStrong = new(FontFace.Bold, 9.5, Shade.Ink);
    public static readonly TextStyle Caption = new(FontFace.Bold, 10.5, Shade.Ink);
    public static readonly TextStyle Heading = new(FontFace.Bold, 15, Shade.Accent);
    public static readonly TextStyle Operator = new(FontFace.Bold, 12, Shade.Grey);
    public static readonly TextStyle Title = new(FontFace.Bold, 28, Shade.Accent);
    public static readonly TextStyle Subtitle = new(FontFace.Regular, 16, Shade.Ink);

    public XFont Font { get; } = Face.Font(Size);

    public double Width(ReadOnlySpan<char> text) => Face.Width(text, Size);
}
