using System.Text;
using Classound.PriceLists.Tables;
using MiniExcelLibs;

namespace Classound.PriceLists.Tests.Tables;

public sealed class TableFileTests
{
    private readonly RemarkLog _errors = new();

    [Theory]
    [InlineData("a,b;c\n1,2\n", TableFormat.Csv, "1 a|b;c / 2 1|2")]
    [InlineData("a;b,c\n1;2;3\n", TableFormat.Csv, "1 a|b,c / 2 1|2|3")]
    [InlineData("a\tb,c\n1\t2\n", TableFormat.Tsv, "1 a|b,c / 2 1|2")]
    [InlineData("# note\n\n a , b \n", TableFormat.Csv, "1 # note / 3 a|b")]
    [InlineData("\"a\nb\",c\nd,e\n", TableFormat.Csv, "1 a\nb|c / 3 d|e")]
    [InlineData(",,,\n,x\n", TableFormat.Csv, "2 |x")]
    [InlineData("N;Codes;Rate\nDE;1,2,3,4;0,02\n", TableFormat.Csv, "1 N|Codes|Rate / 2 DE|1,2,3,4|0,02")]
    [InlineData("Valid from May\n\nN,Codes\nDE,1;2;3\nIT,4;5\n", TableFormat.Csv, "1 Valid from May / 3 N|Codes / 4 DE|1;2;3 / 5 IT|4;5")]
    [InlineData("N\tRate\nDE\t0,02\nIT\t0,03\n", TableFormat.Tsv, "1 N|Rate / 2 DE|0,02 / 3 IT|0,03")]
    public void Text_IsReadByItsDelimiterWithTrueLines(string text, TableFormat format, string expected)
    {
        var content = Encoding.UTF8.GetBytes(text);

        Assert.Equal(format, TableFile.Detect(content));
        Assert.Equal(expected, string.Join(" / ", Read(content, format)));
        Assert.Empty(_errors.First);
    }

    [Fact]
    public void ByteOrderMarks_AreUnderstood()
    {
        byte[][] files = [[.. Encoding.UTF8.Preamble, .. "ä,b"u8], [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("ä,b")]];

        Assert.All(files, file => Assert.Equal(["1 ä|b"], Read(file, TableFormat.Csv)));
    }

    [Fact]
    public void OtherEncoding_IsOneErrorWithItsLine()
    {
        Assert.Empty(Read([.. "a,b\n"u8, 0xE4, (byte)'\n'], TableFormat.Csv));
        Assert.Contains("not UTF-8", Assert.Single(_errors.First).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Workbook_GivesEverySheetWithItsRowNumbersAndInvariantCells()
    {
        using var file = new MemoryStream();
        var prices = new[]
        {
            new Dictionary<string, object?> { ["code"] = 39, ["price"] = 0.28499999999999998, ["from"] = new DateTime(2026, 5, 16), ["name"] = "Italy" },
            new Dictionary<string, object?> { ["code"] = 447400000001d, ["price"] = 1234.5m, ["from"] = new DateTime(2026, 5, 16, 13, 5, 0), ["name"] = " =1+1 " },
        };
        MiniExcel.SaveAs(file, new Dictionary<string, object> { ["Prices"] = prices, ["Notes"] = new[] { new { note = "x" } } });
        var content = file.ToArray();

        Assert.Equal(TableFormat.Xlsx, TableFile.Detect(content));
        Assert.Equal(
            [
                "Prices 1 code|price|from|name", "Prices 2 39|0.285|2026-05-16|Italy",
                "Prices 3 447400000001|1234.5|2026-05-16 13:05:00|=1+1", "Notes 1 note", "Notes 2 x",
            ],
            Read(content, TableFormat.Xlsx));
    }

    [Fact]
    public void DamagedWorkbook_IsOneError()
    {
        using var file = new MemoryStream();
        MiniExcel.SaveAs(file, new[] { new { a = 1 } });

        Assert.Empty(Read(file.ToArray()[..200], TableFormat.Xlsx));
        Assert.Single(_errors.First);
    }

    [Fact]
    public void OldWorkbook_IsNamed()
    {
        Assert.Empty(Read([0xD0, 0xCF, 0x11, 0xE0, 0, 0], TableFormat.Csv));
        Assert.Contains(".xls", Assert.Single(_errors.First).Reason, StringComparison.Ordinal);
    }

    private List<string> Read(byte[] content, TableFormat format) =>
    [
        .. TableFile.Read(new MemoryStream(content), format, _errors)
            .Select(row => $"{(row.Sheet.Length > 0 ? row.Sheet + " " : "")}{row.Line} {string.Join('|', row.Cells)}"),
    ];
}
