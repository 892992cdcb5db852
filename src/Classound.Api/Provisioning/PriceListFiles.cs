using System.Globalization;
using Classound.Charging.Rating;
using Classound.Contracts.Provisioning.V1;
using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Classound.PriceLists.Decks;
using Classound.PriceLists.Tables;
using Grpc.Core;

namespace Classound.Api.Provisioning;

/// <summary>Reads uploaded files in the format they turn out to have.</summary>
internal static class PriceListFiles
{
    /// <param name="upload">The file and its header.</param>
    /// <param name="deckBase">Whose prices a deck's later ones replace; null = none.</param>
    /// <param name="known">A version of the type; null = it is new.</param>
    /// <param name="now">By which a deck's dates are later ones, where no effective time is given.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no table, or nothing says its currency or time zone.</exception>
    public static ReadPriceList Read(PriceListUpload upload, PriceListContent? deckBase, PriceListRecord? known, DateTimeOffset now)
    {
        var header = upload.Header;
        var format = Detect(upload);
        var areas = DeckMapper.Areas(header.Deck);
        var facts = new PriceListFacts
        {
            Type = header.PriceListType, Currency = header.CurrencyCode.Length > 0 ? header.CurrencyCode : known?.Currency ?? "",
            TimeZoneId = header.TimeZone.Length > 0 ? header.TimeZone : known?.TimeZoneId ?? "",
            Decimals = header.HasDecimals ? header.Decimals : null,
        };
        var rules = new PriceListRules { AllowOtherIncrements = header.AllowOtherIncrements, Header = facts };
        if (header.Deck is null || PriceListFile.Recognises(upload.Content, format)) return ReadOwn(upload, format, rules);
        var reference = header.EffectiveTime?.ToDateTimeOffset() ?? now;
        return ReadDeck(upload, format, DeckMapper.Parse(header.Deck, areas, Complete(facts), rules, reference, deckBase));
    }

    private static ReadPriceList ReadOwn(PriceListUpload upload, TableFormat format, PriceListRules rules)
    {
        var file = PriceListFile.Read(upload.Content, format, rules);
        var read = new ReadPriceList
        {
            Format = format, Rows = file.Rows, Prefixes = file.Prefixes, Errors = file.Errors, ErrorCount = file.ErrorCount,
            Notes = file.Notes, NoteCount = file.NoteCount,
        };
        if (file.Content is not { } content) return read;
        var said = rules.Header with
        {
            Currency = rules.Header.Currency.Length > 0 ? rules.Header.Currency : file.Facts.Currency,
            TimeZoneId = rules.Header.TimeZoneId.Length > 0 ? rules.Header.TimeZoneId : file.Facts.TimeZoneId,
            Decimals = rules.Header.Decimals ?? file.Facts.Decimals,
        };
        return read with { Header = Header(upload.Header, said), Parts = [new DatedContent(upload.Header.EffectiveTime?.ToDateTimeOffset(), content)] };
    }

    private static ReadPriceList ReadDeck(PriceListUpload upload, TableFormat format, PriceLists.Decks.DeckOptions options)
    {
        var deck = DeckReader.Read(upload.Content, format, options);
        var read = new ReadPriceList
        {
            Format = format, Rows = deck.Rows, Prefixes = deck.Prefixes, Errors = deck.Errors, ErrorCount = deck.ErrorCount,
            Notes = deck.Notes, NoteCount = deck.NoteCount, Mapping = DeckMapper.ToWire(deck.Mapping), Areas = [.. deck.Areas.Select(DeckMapper.ToWire)],
        };
        if (deck.ErrorCount > 0) return read;
        if (deck.Parts.Count > 1 && upload.Header.EffectiveTime is null) return read with { Errors = [Undated(deck)], ErrorCount = 1 };
        return read with
        {
            Header = Header(upload.Header, options.Rules.Header),
            Parts = [.. deck.Parts.Select(part => new DatedContent(part.ValidFrom ?? upload.Header.EffectiveTime?.ToDateTimeOffset(), part.Content))],
        };
    }

    // Its later versions come into force by themselves, so the first one must be in force before them.
    private static PriceListRemark Undated(DeckResult deck) => new(0, "", "", string.Create(
        CultureInfo.InvariantCulture,
        $"the deck's prices change at later dates, the first of them {deck.Parts[1].ValidFrom:O}; expected an effective time, from which its other prices are in force"));

    private static TableFormat Detect(PriceListUpload upload)
    {
        var start = new byte[TableFile.LookedAt];
        var length = upload.Content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        upload.Content.Position = 0;
        if (FileKinds.Foreign(start.AsSpan(0, length)) is { } kind)
            throw PriceListUpload.Malformed("chunk", $"is no table: the file is {kind}; expected CSV, TSV or XLSX.");
        return upload.Header.FileFormat == PriceListFileFormat.Unspecified
            ? TableFile.Detect(start.AsSpan(0, length))
            : (TableFormat)upload.Header.FileFormat;
    }

    private static PriceListHeader Header(ImportPriceListHeader header, PriceListFacts said)
    {
        var facts = Complete(said);
        return new PriceListHeader(
            facts.Type, facts.Currency, facts.TimeZoneId, facts.Decimals ?? PriceListVersion.DefaultDecimals, header.AllowOtherIncrements);
    }

    private static PriceListFacts Complete(PriceListFacts facts) =>
        facts.Currency.Length == 0
            ? throw PriceListUpload.Malformed("header.currency_code", "is missing; expected it here, or in the file's row of kind list.")
        : facts.TimeZoneId.Length == 0
            ? throw PriceListUpload.Malformed("header.time_zone", "is missing; expected it here, or in the file's row of kind list.")
        : facts;
}
