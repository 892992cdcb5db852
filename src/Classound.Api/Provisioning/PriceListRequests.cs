using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>What is malformed in the requests of PriceListService.</summary>
public static class PriceListRequests
{
    public const int MaxChunkBytes = 1 << 20;
    public const int MaxContentBytes = 256 << 20;

    public static void Check(ImportPriceListHeader header)
    {
        var violations = new FieldViolations { Within = "header." };
        TextFields.PriceListType(ref violations, "price_list_type", header.PriceListType);
        TextFields.Currency(ref violations, "currency_code", header.CurrencyCode);
        TextFields.TimeZone(ref violations, "time_zone", header.TimeZone);
        if (header.HasDecimals) NumberFields.Between(ref violations, "decimals", header.Decimals, 0, 9);
        TimeFields.Optional(ref violations, "effective_time", header.EffectiveTime);
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
