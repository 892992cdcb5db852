using Classound.Api.Tests.Hosting;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

/// <summary>What goes out as a file comes in as the same content.</summary>
[Collection(ApiCollection.Name)]
public sealed class PriceListExportTests(ApiHost host)
{
    private const string Whole = """"
        kind,currency,time_zone,prefix,country,destination,area,days,from,to,connect_fee,minimum_seconds,steps,high_cost,code,term,sharing,minutes_per_user,users_from,users_to,number_kind,setup_fee,monthly_fee,fixed_per_minute,mobile_per_minute,payphone_per_minute
        list,EUR,Europe/Rome,,,,,,,,,,,,,,,,,,,,,,,
        area,,,,,,1,,,,,,0.02/60+60,,,,,,,,,,,,,
        area,,,,,,2,,,,0.05,1,0.06/60+1,,,,,,,,,,,,,
        band,,,,,,2,"Sat,Sun",00:00,00:00,0,,0.03/60+1,,,,,,,,,,,,,
        prefix,,,39,IT,Italy,1,,,,,,,,,,,,,,,,,,,
        prefix,,,393,IT,"Italy, ""mobile""",2,,,,,,0.123456789/60+1|900:0.1/60+1,yes,,,,,,,,,,,,
        plan,,,,,,,,,,,,,,FLAT-1m,1m,POOLED,3000,1,5,,,19.90,,,
        plan,,,,,,,,,,,,,,FLAT-1m,1m,POOLED,3000,6,,,,17.50,,,
        did,,,,IT,,,,,,,,,,,,,,,,geographic,5,2.50,,,
        freephone,,,,IT,,,,,,,,,,,,,,,,,,9,0.02,0.15,0.2

        """";

    private readonly Operator _operator = host.Operator;

    [Theory]
    [InlineData(PriceListFileFormat.Csv, "EXPORT_CSV-1.csv", "text/csv; charset=utf-8")]
    [InlineData(PriceListFileFormat.Xlsx, "EXPORT_XLSX-1.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task ExportedFile_ImportsToTheSameContent(PriceListFileFormat format, string name, string mediaType)
    {
        var type = name.Split('-')[0];
        var first = await _operator.Import(new ImportPriceListHeader { PriceListType = type }, Whole);
        Assert.Empty(first.Errors);
        var (header, file) = await Export(type, format);
        Assert.Equal((name, mediaType, (long)file.Length, 1), (header.FileName, header.MediaType, header.SizeBytes, header.PriceList.Version));

        var other = await Import(new ImportPriceListHeader { PriceListType = type, EffectiveTime = new() { Seconds = 1_900_000_000 } }, file);
        Assert.Empty(other.Errors);
        Assert.Equal((2, format), (other.PriceList.Version, other.FileFormat));
        Assert.Equal(first.PriceList.ContentSha256, other.PriceList.ContentSha256);
    }

    [Fact]
    public async Task GetPriceList_ShowsAllTables()
    {
        await _operator.Import(new ImportPriceListHeader { PriceListType = "WHOLE" }, Whole);
        var reply = await _operator.PriceLists.GetPriceListAsync(new GetPriceListRequest { PriceListType = "WHOLE", Version = 1 });

        Assert.Equal([1, 2], reply.AreaTariffs.Select(row => row.Area));
        Assert.Single(reply.AreaTariffs[1].Tariff.Bands);
        var plan = Assert.Single(reply.Plans);
        Assert.Equal(("FLAT-1m", PlanTerm.Monthly, PlanSharing.Pooled, 3000), (plan.PlanCode, plan.Term, plan.Sharing, plan.MinutesPerUser));
        Assert.Equal([(5, 19_900_000_000L), (0, 17_500_000_000L)], plan.Bands.Select(band => (band.MaxUsers, band.MonthlyFeeNanos)));
        Assert.Equal(
            new DidFee { Country = "IT", NumberKind = "geographic", SetupNanos = 5_000_000_000, MonthlyNanos = 2_500_000_000 },
            Assert.Single(reply.DidFees));
        Assert.Equal(
            new FreePhoneFee
            {
                Country = "IT", MonthlyNanos = 9_000_000_000, FixedPerMinuteNanos = 20_000_000, MobilePerMinuteNanos = 150_000_000,
                PayphonePerMinuteNanos = 200_000_000,
            },
            Assert.Single(reply.FreePhoneFees));
        Assert.Equal(
            new PriceListPrefixCounts { Prefixes = 2, OwnTariffs = 1, HighCost = 1, Countries = 1, ByArea = { 1, 1, 0, 0, 0, 0 } },
            reply.PrefixCounts);

        var found = await _operator.PriceLists.LookupPriceListAsync(new() { PriceListType = "WHOLE", Version = 1, Number = "+39312" });
        Assert.Equal((reply.DidFees[0], reply.FreePhoneFees[0]), (Assert.Single(found.DidFees), found.FreePhoneFee));
    }

    [Fact]
    public async Task Pdf_IsADocument()
    {
        await _operator.Import(new ImportPriceListHeader { PriceListType = "PRINTED" }, Whole);
        var (header, file) = await Export("PRINTED", PriceListFileFormat.Pdf);
        Assert.Equal(("PRINTED-1.pdf", "application/pdf"), (header.FileName, header.MediaType));
        Assert.True(file.AsSpan().StartsWith("%PDF"u8));
    }

    [Fact]
    public async Task UnknownVersion_IsNotFound() => Assert.Equal(
        "NotFound PRICE_LIST_UNKNOWN",
        Operator.Reason(await Assert.ThrowsAsync<RpcException>(() => Export("NOBODYS", PriceListFileFormat.Csv))));

    private async Task<(ExportPriceListHeader Header, byte[] File)> Export(string type, PriceListFileFormat format)
    {
        using var call = _operator.PriceLists.ExportPriceList(
            new ExportPriceListRequest { PriceListType = type, Version = 1, FileFormat = format });
        Assert.True(await call.ResponseStream.MoveNext(default));
        var header = call.ResponseStream.Current.Header;
        using var file = new MemoryStream();
        while (await call.ResponseStream.MoveNext(default)) call.ResponseStream.Current.Chunk.WriteTo(file);
        return (header, file.ToArray());
    }

    private async Task<ImportPriceListResponse> Import(ImportPriceListHeader header, byte[] file)
    {
        using var call = _operator.PriceLists.ImportPriceList();
        await call.RequestStream.WriteAsync(new ImportPriceListRequest { Header = header });
        await call.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = ByteString.CopyFrom(file) });
        await call.RequestStream.CompleteAsync();
        return await call;
    }
}
