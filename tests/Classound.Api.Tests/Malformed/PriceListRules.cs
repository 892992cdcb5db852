using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;
using static Classound.Api.Tests.Malformed.Values;

namespace Classound.Api.Tests.Malformed;

internal static class PriceListRules
{
    public static IEnumerable<RequestRules> All =>
    [
        ImportPriceList(),
        new RequestRules<ActivatePriceListRequest>(
            "ActivatePriceList", () => new() { PriceListType = "NOBODYS", Version = 1, EffectiveTime = Now })
            .Malformed("price_list_type", r => r.PriceListType = "")
            .Malformed("version", r => r.Version = 0)
            .Malformed("effective_time", r => r.EffectiveTime = null, r => r.EffectiveTime = NoTime),
        new RequestRules<ListPriceListsRequest>("ListPriceLists", () => new())
            .Malformed("price_list_type", r => r.PriceListType = "gold")
            .Malformed("page_size", r => r.PageSize = -1, r => r.PageSize = 1001)
            .Malformed("page_token", r => r.PageToken = "x", r => r.PageToken = TokenOf("price-lists/GOLD")),
        new RequestRules<GetPriceListRequest>("GetPriceList", () => new() { PriceListType = "NOBODYS" })
            .Malformed("price_list_type", r => r.PriceListType = "", r => r.PriceListType = "Ä")
            .Malformed("version", r => r.Version = -1),
        new RequestRules<DiffPriceListsRequest>("DiffPriceLists", () => new() { PriceListType = "END_USER", BeforeVersion = 1, AfterVersion = 1 })
            .Malformed("price_list_type", r => r.PriceListType = "", r => r.PriceListType = "gold")
            .Malformed("before_version", r => r.BeforeVersion = -1)
            .Malformed("after_version", r => r.AfterVersion = -1),
        new RequestRules<ExportPriceListRequest>(
            "ExportPriceList", () => new() { PriceListType = "END_USER", FileFormat = PriceListFileFormat.Csv })
            .Malformed("price_list_type", r => r.PriceListType = "", r => r.PriceListType = "gold")
            .Malformed("version", r => r.Version = -1)
            .Malformed(
                "file_format", r => r.FileFormat = PriceListFileFormat.Unspecified, r => r.FileFormat = PriceListFileFormat.Tsv,
                r => r.FileFormat = (PriceListFileFormat)9),
        new RequestRules<LookupPriceListRequest>("LookupPriceList", () => new() { PriceListType = "END_USER", Number = "+390612345678" })
            .Malformed("price_list_type", r => r.PriceListType = "", r => r.PriceListType = "gold")
            .Malformed("version", r => r.Version = -1)
            .Malformed("at_time", r => r.AtTime = NoTime, r => (r.AtTime, r.Version) = (Now, 1))
            .Malformed(
                "number", r => r.Number = "", r => r.Number = "+", r => r.Number = "++39", r => r.Number = "0039", r => r.Number = "39 06",
                r => r.Number = "1234567890123456"),
    ];

    private static StreamRules<ImportPriceListRequest> ImportPriceList() =>
        new StreamRules<ImportPriceListRequest>("ImportPriceList", () =>
        [
            new()
            {
                Header = new ImportPriceListHeader { PriceListType = "GOLD", CurrencyCode = "EUR", TimeZone = "Europe/Rome", ValidateOnly = true },
            },
            Chunk("kind"u8),
        ])
        .Malformed("header", parts => [parts[1]], parts => [parts[1], parts[0]], parts => [], parts => [parts[0], parts[0], parts[1]])
        .Malformed("header.price_list_type", Header(h => h.PriceListType = ""), Header(h => h.PriceListType = "gold"))
        .Malformed("header.currency_code", Header(h => h.CurrencyCode = "eur"), Header(h => h.CurrencyCode = "EURO"))
        .Malformed("header.time_zone", Header(h => h.TimeZone = "Mars/Base"), Header(h => h.TimeZone = "../../etc/passwd"))
        .Malformed("header.decimals", Header(h => h.Decimals = -1), Header(h => h.Decimals = 10))
        .Malformed("header.effective_time", Header(h => h.EffectiveTime = NoTime))
        .AnyValue("header.allow_other_increments", Header(h => h.AllowOtherIncrements = true))
        .AnyValue("header.validate_only", Header(h => h.ValidateOnly = true))
        .Malformed("header.file_format", Header(h => h.FileFormat = PriceListFileFormat.Pdf), Header(h => h.FileFormat = (PriceListFileFormat)9))
        .Malformed("header.compare_with_version", Header(h => h.CompareWithVersion = -1))
        .Malformed(
            "chunk", parts => [parts[0]], parts => [parts[0], Chunk([])], parts => [parts[0], Chunk(new byte[(1 << 20) + 1])],
            parts => [parts[0], Chunk("%PDF-1.7"u8)], parts => [parts[0], Chunk([0xD0, 0xCF, 0x11, 0xE0, 0xA1])])
        .Decks();

    private static StreamRules<ImportPriceListRequest> Decks(this StreamRules<ImportPriceListRequest> rules) => rules
        .AnyValue("header.deck", Deck(_ => { }))
        .AnyValue("header.deck.columns", Deck(d => d.Columns.Add(new DeckColumn { Target = DeckTarget.Price, Column = "Rate" })))
        .MalformedAs(
            "header.deck.columns.target", "header.deck.columns[0].target", Deck(d => d.Columns.Add(new DeckColumn { Column = "Rate" })),
            Deck(d => d.Columns.Add(new DeckColumn { Target = (DeckTarget)99, Column = "Rate" })))
        .MalformedAs(
            "header.deck.columns.target", "header.deck.columns[1].target",
            Deck(d => d.Columns.Add([new() { Target = DeckTarget.Price, Column = "1" }, new() { Target = DeckTarget.Price, Column = "2" }])))
        .MalformedAs(
            "header.deck.columns.column", "header.deck.columns[0].column", Deck(d => d.Columns.Add(new DeckColumn { Target = DeckTarget.Price })),
            Deck(d => d.Columns.Add(new DeckColumn { Target = DeckTarget.Price, Column = Text(129) })))
        .Malformed("header.deck.decimal_separator", Deck(d => d.DecimalSeparator = (DecimalSeparator)9))
        .Malformed("header.deck.date_order", Deck(d => d.DateOrder = (DateOrder)9))
        .Malformed("header.deck.code_lists", Deck(d => d.CodeLists = (DeckCodeLists)9))
        .Malformed(
            "header.deck.increments", Deck(d => d.Increments = "60"), Deck(d => d.Increments = "0/1"), Deck(d => d.Increments = "60/14401"),
            Deck(d => d.Increments = "60/-1"))
        .Malformed("header.deck.default_area", Deck(d => d.DefaultArea = -1), Deck(d => d.DefaultArea = 7))
        .Malformed("header.deck.area_rules", Deck(d => d.AreaRules.Add(Enumerable.Repeat(new DeckAreaRule { Area = 1 }, 10_001))))
        .MalformedAs(
            "header.deck.area_rules.country", "header.deck.area_rules[0].country",
            Deck(d => d.AreaRules.Add(new DeckAreaRule { Country = "italy", Area = 1 })), Deck(d => d.AreaRules.Add(new DeckAreaRule { Country = "UK", Area = 1 })))
        .MalformedAs(
            "header.deck.area_rules.destination", "header.deck.area_rules[0].destination",
            Deck(d => d.AreaRules.Add(new DeckAreaRule { Destination = Text(129), Area = 1 })))
        .MalformedAs(
            "header.deck.area_rules.area", "header.deck.area_rules[1].area",
            Deck(d => d.AreaRules.Add([new() { Area = 6 }, new() { Area = 0 }])), Deck(d => d.AreaRules.Add([new() { Area = 6 }, new() { Area = 7 }])))
        .Malformed("header.deck.area_table", Deck(d => d.AreaTable = Text((1 << 20) + 1)), Deck(d => d.AreaTable = "country,area\nIT,7"),
            Deck(d => d.AreaTable = "land,area\nIT,1"))
        .AnyValue("header.deck.area_rules.high_cost", Deck(d => d.AreaRules.Add(new DeckAreaRule { Area = 1, HighCost = true })))
        .Malformed("header.deck.sheet", Deck(d => d.Sheet = Text(129)))
        .Malformed("header.deck.international_prefix", Deck(d => d.InternationalPrefix = "+"), Deck(d => d.InternationalPrefix = "000000"))
        .Malformed("header.deck.base_version", Deck(d => d.BaseVersion = -1), Deck(d => (d.BaseVersion, d.NoBase) = (1, true)))
        .AnyValue("header.deck.no_base", Deck(d => d.NoBase = true));

    private static ImportPriceListRequest Chunk(ReadOnlySpan<byte> bytes) => new() { Chunk = ByteString.CopyFrom(bytes) };

    private static Func<ImportPriceListRequest[], ImportPriceListRequest[]> Deck(Action<DeckOptions> spoil) => Header(header =>
    {
        header.Deck ??= new DeckOptions();
        spoil(header.Deck);
    });

    private static Func<ImportPriceListRequest[], ImportPriceListRequest[]> Header(Action<ImportPriceListHeader> spoil) => parts =>
    {
        spoil(parts[0].Header);
        return parts;
    };
}
