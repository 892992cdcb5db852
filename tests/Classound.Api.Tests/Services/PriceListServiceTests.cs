using System.Text;
using Classound.Api.Tests.Hosting;
using Classound.Contracts.Provisioning.V1;
using Classound.Contracts.Rating.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

/// <summary>The report of an import, differences, export and lookup.</summary>
[Collection(ApiCollection.Name)]
public sealed class PriceListServiceTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    [Fact]
    public async Task Report_ComparesWithTheVersionInForce()
    {
        var first = await _operator.Import(InForce("REPORTED"), Operator.PriceListCsv);
        var version = Assert.Single(first.Versions);
        Assert.Equal((1, 3, 0), (version.Version, version.Prefixes, version.Changes.ComparedWithVersion));
        Assert.Equal((PriceListFileFormat.Csv, null), (first.FileFormat, first.Mapping));

        var changed = Operator.PriceListCsv.Replace("prefix,33,FR,France,2", "prefix,34,ES,Spain,2", StringComparison.Ordinal)
            .Replace("5/60+1", "6/60+1", StringComparison.Ordinal);
        var header = Header("REPORTED");
        header.ValidateOnly = true;
        var second = await _operator.Import(header, changed);

        Assert.Null(second.PriceList);
        var report = Assert.Single(second.Versions);
        Assert.Equal((0, 1), (report.Version, report.Changes.ComparedWithVersion));
        Assert.Equal(new PriceListChangeCounts { Added = 1, Changed = 1, Removed = 1, Raised = 1 }, report.Changes.Counts);
        var satellite = Assert.Single(report.Changes.Changes, change => change.Kind == PriceListChangeKind.Changed);
        Assert.Equal(
            ("8821", 5_000_000_000L, 6_000_000_000L),
            (satellite.Key, satellite.PricePerMinuteBeforeNanos, satellite.PricePerMinuteAfterNanos));
        Assert.Equal(1, (await _operator.PriceLists.GetPriceListAsync(new() { PriceListType = "REPORTED" })).PriceList.Version);
    }

    [Fact]
    public async Task DeckForLater_StartsFromTheVersionThatWillBeInForceThen()
    {
        await _operator.Import(InForce("PLANNED"), Operator.PriceListCsv);
        var scheduled = Header("PLANNED");
        scheduled.EffectiveTime = new() { Seconds = 1_893_456_000 };
        await _operator.Import(scheduled, Operator.PriceListCsv.Replace("0.06/", "0.05/", StringComparison.Ordinal));

        var header = Header("PLANNED");
        header.ValidateOnly = true;
        header.EffectiveTime = new() { Seconds = 1_924_992_000 };
        header.Deck = new DeckOptions { DefaultArea = 2 };
        var reply = await _operator.Import(header, "Destination,Code,Rate\nItaly,39,0.02\nFrance,33,0.03\n");

        Assert.Empty(reply.Errors);
        var report = Assert.Single(reply.Versions).Changes;
        Assert.Equal(2, report.ComparedWithVersion);
        Assert.DoesNotContain(report.Changes, change => change.Part == PriceListPart.Area);
        var note = Assert.Single(reply.Notes, note => note.Reason.Contains("version 2 comes into force", StringComparison.Ordinal));
        Assert.Equal((0, true), (note.Line, note.Reason.Contains("2030-01-01T00:00:00", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ComparisonWithAnUnknownVersion_IsNotFound()
    {
        var header = Header("UNCOMPARED");
        header.CompareWithVersion = 7;
        var error = await Assert.ThrowsAsync<RpcException>(() => _operator.Import(header, Operator.PriceListCsv));
        Assert.Equal("NotFound PRICE_LIST_UNKNOWN", Operator.Reason(error));
    }

    [Fact]
    public async Task Diff_StreamsChangesThenCounts()
    {
        await _operator.Import(Header("DIFFED"), Operator.PriceListCsv);
        var many = new StringBuilder(Operator.PriceListCsv);
        for (var i = 0; i < 1200; i++) many.Append(System.Globalization.CultureInfo.InvariantCulture, $"prefix,44{i:D4},GB,Britain,2,,,,\n");
        await _operator.Import(Header("DIFFED"), many.ToString());

        var (changes, counts) = await Diff("DIFFED", 1, 2);
        Assert.Equal(new PriceListChangeCounts { Added = 1200 }, counts);
        Assert.Equal(1200, changes.Select(change => change.Key).Distinct().Count());
        Assert.Equal(new PriceListChangeCounts { Removed = 1200 }, (await Diff("DIFFED", 2, 1)).Counts);
        var (none, zero) = await Diff("DIFFED", 2, 2);
        Assert.Equal((0, new PriceListChangeCounts()), (none.Count, zero));
        Assert.Equal(
            "NotFound PRICE_LIST_UNKNOWN", Operator.Reason(await Assert.ThrowsAsync<RpcException>(() => Diff("DIFFED", 1, 3))));
    }

    [Fact]
    public async Task Diff_SaysHowManyPrefixesAnAreaReprices()
    {
        await _operator.Import(Header("REPRICED"), Operator.PriceListCsv);
        await _operator.Import(
            Header("REPRICED"), string.Join('\n', Operator.PriceListCsv.Split('\n').Select(line =>
                line.StartsWith("area,", StringComparison.Ordinal) ? line.Replace("0.06/", "0.05/", StringComparison.Ordinal) : line)));

        var (changes, counts) = await Diff("REPRICED", 1, 2);
        Assert.Equal((PriceListPart.Area, 1), (Assert.Single(changes).Part, changes[0].Prefixes));
        Assert.Equal((1, 1), (counts.Lowered, counts.RepricedByArea));
    }

    [Fact]
    public async Task Lookup_GivesTheLongestPrefixAndThoseThatLost()
    {
        var csv = Operator.PriceListCsv + "prefix,3906,IT,Rome,2,,,,\nprefix,3,,Europe,2,,,,yes\n";
        await _operator.Import(InForce("LOOKED_UP"), csv);
        var reply = await Lookup("LOOKED_UP", "+390612345678");
        Assert.Equal(
            ("3906", "IT", "Rome", 2, TariffSource.Area, 60_000_000L),
            (reply.Match.Prefix, reply.Match.Country, reply.Match.Destination, reply.Match.Area, reply.Match.TariffSource,
                reply.Match.PricePerMinuteNanos));
        Assert.Equal(["39", "3"], reply.Shorter.Select(other => other.Prefix));
        Assert.Equal((1, PriceListState.InForce), (reply.PriceList.Version, reply.PriceList.State));

        Assert.Equal("39", (await Lookup("LOOKED_UP", "390")).Match.Prefix);
        Assert.Equal((true, "3"), ((await Lookup("LOOKED_UP", "3")).Match.HighCost, (await Lookup("LOOKED_UP", "+3")).Match.Prefix));
        Assert.Equal(TariffSource.Prefix, (await Lookup("LOOKED_UP", "88213")).Match.TariffSource);
        var nothing = await Lookup("LOOKED_UP", "+882");
        Assert.Equal((null, 0), (nothing.Match, nothing.Shorter.Count));
        var early = new LookupPriceListRequest { PriceListType = "LOOKED_UP", Number = "39", AtTime = new() { Seconds = 1 } };
        Assert.Equal("NotFound PRICE_LIST_UNKNOWN", Operator.Reason(await Operator.Refused(_operator.PriceLists.LookupPriceListAsync(early))));
    }

    [Fact]
    public async Task ThirdFileAtOnce_IsToldToComeBack()
    {
        using var first = await Waiting();
        using var second = await Waiting();
        var error = await Assert.ThrowsAsync<RpcException>(() => _operator.Import(Header("CROWDED"), Operator.PriceListCsv));
        Assert.Equal("ResourceExhausted PRICE_LISTS_BUSY", Operator.Reason(error));
        Assert.True(error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);

        await first.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = ByteString.CopyFromUtf8(Operator.PriceListCsv) });
        await first.RequestStream.CompleteAsync();
        Assert.Equal(0, (await first).ErrorCount);
        Assert.Equal(0, (await _operator.Import(Header("CROWDED"), Operator.PriceListCsv)).ErrorCount);
    }

    /// <summary>An upload that has its place and sends nothing: the service says that it is ready by its response headers.</summary>
    private async Task<AsyncClientStreamingCall<ImportPriceListRequest, ImportPriceListResponse>> Waiting()
    {
        var call = _operator.PriceLists.ImportPriceList();
        await call.RequestStream.WriteAsync(new ImportPriceListRequest { Header = Header("CROWDED") });
        await call.ResponseHeadersAsync;
        return call;
    }

    private static ImportPriceListHeader Header(string type) => new() { PriceListType = type, CurrencyCode = "EUR", TimeZone = "Europe/Rome" };

    private static ImportPriceListHeader InForce(string type)
    {
        var header = Header(type);
        header.EffectiveTime = new() { Seconds = 1_420_070_400 };
        return header;
    }

    private async Task<LookupPriceListResponse> Lookup(string type, string number) =>
        await _operator.PriceLists.LookupPriceListAsync(new LookupPriceListRequest { PriceListType = type, Number = number });

    private async Task<(List<PriceListChange> Changes, PriceListChangeCounts Counts)> Diff(string type, int before, int after)
    {
        using var call = _operator.PriceLists.DiffPriceLists(new() { PriceListType = type, BeforeVersion = before, AfterVersion = after });
        var changes = new List<PriceListChange>();
        PriceListChangeCounts? counts = null;
        while (await call.ResponseStream.MoveNext(default))
        {
            Assert.Null(counts);
            changes.AddRange(call.ResponseStream.Current.Changes);
            counts = call.ResponseStream.Current.Counts;
        }

        return (changes, Assert.IsType<PriceListChangeCounts>(counts));
    }
}
