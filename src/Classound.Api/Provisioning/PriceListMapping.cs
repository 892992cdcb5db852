using Classound.Grains.Catalogues;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Versions and refusals of the catalogue on the wire.</summary>
public static class PriceListMapping
{
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
            CatalogueRefusal.PlanNotSold => Refusals.FailedPrecondition("PLAN_NOT_SOLD", message),
            CatalogueRefusal.TimeTaken => Refusals.FailedPrecondition("EFFECTIVE_TIME_TAKEN", message),
            CatalogueRefusal.AlreadyActivated => Refusals.FailedPrecondition("ALREADY_ACTIVATED", message),
            _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Refusal, "not a refusal of a price list"),
        };
    }

    private static Wire.PriceListState State(PriceListRecord list, CatalogueMetadata metadata, DateTimeOffset now)
    {
        if (list.EffectiveAt is not { } effective) return Wire.PriceListState.Imported;
        if (effective > now) return Wire.PriceListState.Scheduled;
        return metadata.InForce(list.Type, now)?.Number == list.Number ? Wire.PriceListState.InForce : Wire.PriceListState.Superseded;
    }
}
