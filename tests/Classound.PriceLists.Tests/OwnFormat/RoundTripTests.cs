using System.IO.Compression;
using System.Text;
using Classound.Charging.Rating;
using Classound.PriceLists.OwnFormat;
using Classound.PriceLists.Tables;
using CsCheck;

namespace Classound.PriceLists.Tests.OwnFormat;

/// <summary>What was written reads back to the same.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Csv_ReadsBackToTheSame() => OwnSamples.Any.Sample(
        content => OwnSamples.AssertSame(content, Read(Csv(content), TableFormat.Csv)), iter: 300);

    [Fact]
    public void Tsv_ReadsBackToTheSame() => OwnSamples.Any.Sample(
        content => OwnSamples.AssertSame(content, Read(Tabbed(Csv(content)), TableFormat.Tsv)), iter: 100);

    [Fact]
    public void Xlsx_ReadsBackToTheSame() => OwnSamples.Any.Sample(
        content => OwnSamples.AssertSame(content, Read(Xlsx(content), TableFormat.Xlsx)), iter: 40, threads: 1);

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Xlsx)]
    public void ListRow_TellsTheFacts(TableFormat format)
    {
        var content = OwnSamples.Nothing with { FreePhoneFees = [new("IT", default, default, default, default)] };
        var document = PriceListText.Document(content) with { OperatorName = "# \"Rossi, Bianchi\" & Co" };
        var file = new MemoryStream();
        if (format == TableFormat.Csv) PriceListFile.WriteCsv(file, document);
        else PriceListFile.WriteXlsx(file, document);

        var read = Read(file.ToArray(), format);

        OwnSamples.AssertSame(content, read);
        Assert.Equal(new PriceListFacts { Type = "END_USER", Currency = "EUR", TimeZoneId = "Europe/Berlin", Decimals = 4 }, read.Facts);
    }

    [Fact]
    public void Csv_HasOnlyTheColumnsItNeeds() => Assert.Equal(
        "kind,type,version,currency,time_zone,decimals,valid_from,valid_until,operator,country,number_kind,setup_fee,monthly_fee\n"
        + "list,END_USER,7,EUR,Europe/Berlin,4,2027-01-01T00:00:00+01:00,,Invented Telephone,,,,\n"
        + "did,,,,,,,,,IT,mobile,1.5,2\n",
        Encoding.UTF8.GetString(Csv(OwnSamples.Nothing with
        {
            DidFees = [new("IT", "mobile", new Amount(1_500_000_000), new Amount(2_000_000_000))],
        })));

    [Fact]
    public void Xlsx_HoldsNoFormula()
    {
        string[] names = ["=HYPERLINK(\"http://example.org\")", "+1+1", "-1+1", "@SUM(A1)"];
        var content = new PriceListContent(
            new Dictionary<CallArea, Tariff>(),
            [.. names.Select((name, i) => new PriceListEntry($"39{i}", "IT", name, CallArea.Area2, OwnSamples.Tariff60("0.1"), false))]);

        var file = Xlsx(content);

        OwnSamples.AssertSame(content, Read(file, TableFormat.Xlsx));
        using var parts = new ZipArchive(new MemoryStream(file));
        Assert.All(parts.Entries.Where(part => part.FullName.Contains("sheet", StringComparison.OrdinalIgnoreCase)), part =>
        {
            using var text = new StreamReader(part.Open());
            Assert.DoesNotMatch("<(x:)?f[ >/]", text.ReadToEnd());
        });
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://example.org\")")]
    [InlineData("+39 Italy")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("'=1+1")]
    [InlineData("\uFF1D1+1")]
    [InlineData("Italy;=1+1")]
    [InlineData("Italy,@SUM(A1)")]
    public void Csv_HoldsNothingThatASpreadsheetWouldRun(string name)
    {
        var content = OwnSamples.Nothing with { DidFees = [new("IT", name.Trim(), default, default)] };
        var document = PriceListText.Document(content) with { OperatorName = name };
        var file = new MemoryStream();
        PriceListFile.WriteCsv(file, document);

        // Whether a program takes commas or semicolons for what separates cells.
        foreach (var line in Encoding.UTF8.GetString(file.ToArray()).Split('\n').Skip(1))
        {
            foreach (var cell in line.Split(',', ';'))
                Assert.False(cell.Length > 0 && "=+-@\t\r\uFF1D".Contains(cell.Trim('"')[..1], StringComparison.Ordinal), line);
        }

        OwnSamples.AssertSame(content, Read(file.ToArray(), TableFormat.Csv));
        OwnSamples.AssertSame(content, Read(Tabbed(file.ToArray()), TableFormat.Tsv));
    }

    [Fact]
    public void ApostropheInAWorkbook_IsPartOfTheName()
    {
        var content = OwnSamples.Nothing with { DidFees = [new("IT", "'=1+1", default, default)] };

        OwnSamples.AssertSame(content, Read(Xlsx(content), TableFormat.Xlsx));
    }

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Xlsx)]
    public void LineBreakInANameOfAnOlderList_IsWrittenAsASpace(TableFormat format)
    {
        var content = new PriceListContent(
            new Dictionary<CallArea, Tariff>(), [new("39", "IT", "It\nal\u0001y", CallArea.Area2, OwnSamples.Tariff60("0.1"), false)]);

        Assert.Equal("It al y", Assert.Single(Read(format == TableFormat.Csv ? Csv(content) : Xlsx(content), format).Content!.Entries).Destination);
    }

    [Fact]
    public void Xlsx_GoesOnInFurtherSheets()
    {
        var content = new PriceListContent(
            new Dictionary<CallArea, Tariff>(),
            [.. Enumerable.Range(100, 25).Select(i => new PriceListEntry($"{i}", "", "x", CallArea.Area2, OwnSamples.Tariff60("0.1"), false))]);
        var file = new MemoryStream();
        PriceListXlsxWriter.Write(file, PriceListText.Document(content), maxRows: 10);
        file.Position = 0;

        Assert.Equal(
            ["List", "Call termination", "Call termination 2", "Call termination 3"],
            TableFile.Read(file, TableFormat.Xlsx, new RemarkLog()).Select(row => row.Sheet).Distinct());
        OwnSamples.AssertSame(content, Read(file.ToArray(), TableFormat.Xlsx));
    }

    [Fact]
    public void ErrorInASheet_NamesTheSheet()
    {
        var content = new PriceListContent(
            new Dictionary<CallArea, Tariff> { [CallArea.Area2] = OwnSamples.Tariff60("2000") },
            [new("39", "IT", "Italy", CallArea.Area3, null, false)]);

        var errors = Read(Xlsx(content), TableFormat.Xlsx).Errors;

        Assert.Equal(["2 Areas!steps", "2 Call termination!area"], errors.Select(error => $"{error.Line} {error.Column}"));
    }

    [Fact]
    public void FileIsRecognisedAsOurs()
    {
        var content = OwnSamples.Nothing with { DidFees = [new("IT", "mobile", default, default)] };

        Assert.True(PriceListFile.Recognises(new MemoryStream(Csv(content)), TableFormat.Csv));
        Assert.True(PriceListFile.Recognises(new MemoryStream(Xlsx(content)), TableFormat.Xlsx));
        Assert.False(PriceListFile.Recognises(new MemoryStream("Country,Prefix,Price\nItaly,39,0.01\n"u8.ToArray()), TableFormat.Csv));
    }

    private static PriceListReadResult Read(byte[] file, TableFormat format) => PriceListText.ReadFile(file, format, OwnSamples.Rules);

    private static byte[] Csv(PriceListContent content)
    {
        var file = new MemoryStream();
        PriceListFile.WriteCsv(file, PriceListText.Document(content));
        return file.ToArray();
    }

    private static byte[] Xlsx(PriceListContent content)
    {
        var file = new MemoryStream();
        PriceListFile.WriteXlsx(file, PriceListText.Document(content));
        return file.ToArray();
    }

    private static byte[] Tabbed(byte[] csv)
    {
        var rows = TableFile.Read(new MemoryStream(csv), TableFormat.Csv, new RemarkLog());
        var text = string.Concat(rows.Select(row => string.Join('\t', row.Cells.Select(Quoted)) + "\n"));
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny("\"#") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
