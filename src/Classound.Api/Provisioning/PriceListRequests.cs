using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>What is malformed in the requests of PriceListService, but for decks: <see cref="DeckFields"/>.</summary>
public static class PriceListRequests
{
    public const int MaxChunkBytes = 1 << 20;
    public const int MaxContentBytes = 256 << 20;

    public static void Check(ImportPriceListHeader header)
    {
        var violations = new FieldViolations { Within = "header." };
        TextFields.PriceListType(ref violations, "price_list_type", header.PriceListType);
        // What the header leaves out, the file may say.
        if (header.CurrencyCode.Length > 0) TextFields.Currency(ref violations, "currency_code", header.CurrencyCode);
        if (header.TimeZone.Length > 0) TextFields.TimeZone(ref violations, "time_zone", header.TimeZone);
        if (header.HasDecimals) NumberFields.Between(ref violations, "decimals", header.Decimals, 0, 9);
        TimeFields.Optional(ref violations, "effective_time", header.EffectiveTime);
        NumberFields.NotNegative(ref violations, "compare_with_version", header.CompareWithVersion);
        if (header.FileFormat == PriceListFileFormat.Pdf || !Enum.IsDefined(header.FileFormat))
            violations.Add("file_format", $"is {header.FileFormat:D}; expected CSV, TSV, XLSX, or nothing to have it detected.");
        if (header.Deck is { } deck) DeckFields.Check(ref violations, "deck.", deck);
        violations.ThrowIfAny();
    }

    public static void Check(ActivatePriceListRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PriceListType(ref violations, "price_list_type", request.PriceListType);
        NumberFields.Between(ref violations, "version", request.Version, 1, int.MaxValue);
        TimeFields.Required(ref violations, "effective_time", request.EffectiveTime);
        violations.ThrowIfAny();
    }

    public static void Check(GetPriceListRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PriceListType(ref violations, "price_list_type", request.PriceListType);
        NumberFields.NotNegative(ref violations, "version", request.Version);
        violations.ThrowIfAny();
    }

    public static void Check(DiffPriceListsRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PriceListType(ref violations, "price_list_type", request.PriceListType);
        NumberFields.NotNegative(ref violations, "before_version", request.BeforeVersion);
        NumberFields.NotNegative(ref violations, "after_version", request.AfterVersion);
        violations.ThrowIfAny();
    }

    public static void Check(ExportPriceListRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PriceListType(ref violations, "price_list_type", request.PriceListType);
        NumberFields.NotNegative(ref violations, "version", request.Version);
        if (request.FileFormat is not (PriceListFileFormat.Csv or PriceListFileFormat.Xlsx or PriceListFileFormat.Pdf))
            violations.Add("file_format", $"is {request.FileFormat:D}; expected CSV, XLSX or PDF.");
        violations.ThrowIfAny();
    }

    public static void Check(LookupPriceListRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PriceListType(ref violations, "price_list_type", request.PriceListType);
        NumberFields.NotNegative(ref violations, "version", request.Version);
        TimeFields.Optional(ref violations, "at_time", request.AtTime);
        if (request is { AtTime: not null, Version: > 0 })
            violations.Add("at_time", "is given together with version; expected one of them.");
        TextFields.Prefix(ref violations, "number", Digits(request));
        violations.ThrowIfAny();
    }

    /// <summary>The number to look up, without its plus.</summary>
    public static string Digits(LookupPriceListRequest request) => request.Number.StartsWith('+') ? request.Number[1..] : request.Number;

    /// <returns>Where the page starts; empty for the first page.</returns>
    public static string Check(ListPriceListsRequest request)
    {
        var violations = new FieldViolations();
        if (request.PriceListType.Length != 0) TextFields.PriceListType(ref violations, "price_list_type", request.PriceListType);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var cursor = PageToken.Read(ref violations, "page_token", request.PageToken, ListName(request));
        violations.ThrowIfAny();
        return cursor;
    }

    /// <summary>What a page token of ListPriceLists is bound to.</summary>
    public static string ListName(ListPriceListsRequest request) => "price-lists/" + request.PriceListType;
}
