using Classound.Api.Rating;
using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Price lists between the wire and the catalogue. Requests only after <see cref="PriceListRequests"/> has passed them.</summary>
public static class PriceListMapping
{
    private const int DefaultDecimals = 4; // product.md, money

    public static PriceListHeader Parse(Wire.ImportPriceListHeader header) => new(
        header.PriceListType,
        header.CurrencyCode,
        header.TimeZone,
        header.HasDecimals ? header.Decimals : DefaultDecimals,
        header.AllowOtherIncrements);

    public static Wire.ImportPriceListResponse ToWire(PriceListCsvResult file, Wire.PriceList? list, bool repeated)
    {
        var reply = new Wire.ImportPriceListResponse
        {
            PriceList = list,
            Repeated = repeated,
            Rows = file.Rows,
            Prefixes = file.Prefixes,
            ErrorCount = file.ErrorCount,
            NoteCount = file.NoteCount,
        };
        reply.Errors.AddRange(file.Errors.Select(ToWire));
        reply.Notes.AddRange(file.Notes.Select(ToWire));
        return reply;
    }

    public static Wire.PriceList ToWire(PriceListRecord list, CatalogueMetadata metadata, DateTimeOffset now) => new()
    {
        PriceListType = list.Type,
        Version = list.Number,
        State = State(list, metadata, now),
        CurrencyCode = list.Currency,
        TimeZone = list.TimeZoneId,
        Decimals = list.Decimals,
        Prefixes = list.Prefixes,
        ImportTime = list.ImportedAt.ToTimestamp(),
        EffectiveTime = list.EffectiveAt?.ToTimestamp(),
        ContentSha256 = list.ContentSha256,
    };

    public static IEnumerable<Wire.AreaTariff> AreaTariffs(PriceListVersion version) => version.AreaTariffs
        .OrderBy(row => row.Key)
        .Select(row => new Wire.AreaTariff { Area = (int)row.Key, Tariff = TariffReplies.ToWire(row.Value) });

    public static RpcException Unknown(string type, int version) => Refusals.NotFound(
        "PRICE_LIST_UNKNOWN",
        version > 0 ? $"There is no price list {type} version {version}." : $"No version of price list {type} is in force.");

    public static RpcException Refusal(PriceListReply reply)
    {
        var message = Refusals.Sentence(reply.Detail);
        return reply.Refusal switch
        {
            CatalogueRefusal.VersionUnknown => Refusals.NotFound("PRICE_LIST_UNKNOWN", message),
            CatalogueRefusal.CurrencyDiffers => Refusals.FailedPrecondition("PRICE_LIST_CURRENCY_DIFFERS", message),
            CatalogueRefusal.TimeZoneDiffers => Refusals.FailedPrecondition("PRICE_LIST_TIME_ZONE_DIFFERS", message),
            CatalogueRefusal.PastIsPriced => Refusals.FailedPrecondition("PAST_IS_PRICED", message),
            CatalogueRefusal.TimesDoNotRise => Refusals.FailedPrecondition("EFFECTIVE_TIMES_DO_NOT_RISE", message),
            CatalogueRefusal.CatalogueFull => Refusals.FailedPrecondition("CATALOGUE_FULL", message),
            CatalogueRefusal.AlreadyActivated => Refusals.FailedPrecondition("ALREADY_ACTIVATED", message),
            _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Refusal, "not a refusal of a price list"),
        };
    }

    private static Wire.ImportRemark ToWire(PriceListRemark remark) =>
        new() { Line = remark.Line, Column = remark.Column, Value = remark.Value, Reason = remark.Reason };

    private static Wire.PriceListState State(PriceListRecord list, CatalogueMetadata metadata, DateTimeOffset now)
    {
        if (list.EffectiveAt is not { } effective) return Wire.PriceListState.Imported;
        if (effective > now) return Wire.PriceListState.Scheduled;
        return metadata.InForce(list.Type, now)?.Number == list.Number ? Wire.PriceListState.InForce : Wire.PriceListState.Superseded;
    }
}
