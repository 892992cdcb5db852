using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Tests.Tables;

/// <summary>Files that are small, or look so, and would come to more than a machine has.</summary>
public sealed class TableBoundsTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly RemarkLog _errors = new();

    [Fact]
    public void SmallWorkbook_IsRead() => Assert.Equal(["39|0.01"], Read(Book(Sheet("", "A", "B"))));

    [Fact]
    public void WorkbookThatUnpacksToMoreThanMayBe_IsRefusedByThatNumber()
    {
        var file = Book(Sheet("", "A", "B"));
        StateLength(file, 0xFFFF_FFF0);

        Assert.Empty(Read(file));
        Assert.EndsWith("bytes when it is unpacked; expected at most 4294967296", Assert.Single(_errors.First).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkbookThatStatesTooLittle_IsReadNoFurther()
    {
        var file = Book(Sheet("", "A", "B"));
        StateLength(file, 100);

        Assert.Empty(Read(file));
        Assert.Single(_errors.First);
    }

    [Theory]
    [InlineData("<dimension ref=\"A1:XFD10\"/>", "B", 16_384)]
    [InlineData("", "CW", 101)]
    public void SheetThatIsTooWide_IsRefused(string dimension, string lastColumn, int columns)
    {
        Assert.Empty(Read(Book(Sheet(dimension, "A", lastColumn))));
        Assert.StartsWith($"the workbook has {columns} columns in sheet1.xml; expected at most 100", Assert.Single(_errors.First).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void CellWithoutEnd_IsRefused()
    {
        // Beside enough of other cells: a small part is not searched.
        var sheet = Sheet("", "A", "B").Replace("<sheetData>", "<!-- " + new string(' ', 64 << 20) + " --><sheetData>", StringComparison.Ordinal);

        Assert.Empty(Read(Book(sheet)));
        Assert.Contains("a cell of more than 1048576 characters", Assert.Single(_errors.First).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData(",")]
    public void RowWithoutEnd_IsOneErrorAtItsLine(string begin)
    {
        // What a buffer holds of the row before it is told of counts for the row before.
        var text = $"a,b\n1,2\n{begin}{new string(begin[0] == ',' ? ',' : 'x', BoundedText.MaxRow + (1 << 16))}\n3,4\n";

        Assert.Equal(["a|b", "1|2"], Read(Encoding.UTF8.GetBytes(text), TableFormat.Csv));
        var error = Assert.Single(_errors.First);
        Assert.Equal(3, error.Line);
        Assert.Contains("4194304 characters", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyShortRows_AreNoLongOne()
    {
        var text = string.Concat(Enumerable.Repeat("0123456789,0123456789\n", 300_000));

        Assert.Equal(300_000, Read(Encoding.UTF8.GetBytes(text), TableFormat.Csv).Count);
        Assert.Empty(_errors.First);
    }

    private List<string> Read(byte[] file, TableFormat format = TableFormat.Xlsx) =>
        [.. TableFile.Read(new MemoryStream(file), format, _errors).Select(row => string.Join('|', row.Cells))];

    private static string Sheet(string dimension, string first, string last) =>
        $"<worksheet xmlns=\"{Main}\">{dimension}<sheetData><row r=\"1\"><c r=\"{first}1\"><v>39</v></c><c r=\"{last}1\"><v>0.01</v></c></row></sheetData></worksheet>";

    private static byte[] Book(string sheet)
    {
        var file = new MemoryStream();
        using (var parts = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(parts, "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            Add(parts, "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + $"<Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Add(parts, "xl/worksheets/sheet1.xml", sheet);
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive parts, string name, string text)
    {
        using var writer = new StreamWriter(parts.CreateEntry(name).Open());
        writer.Write(text);
    }

    /// <summary>Writes the length of each part in the archive's directory, true or not.</summary>
    private static void StateLength(byte[] file, uint length)
    {
        for (var at = 0; (at = file.AsSpan(at).IndexOf("PK\x01\x02"u8) is >= 0 and var next ? at + next : -1) >= 0; at += 4)
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 24), length);
    }
}
