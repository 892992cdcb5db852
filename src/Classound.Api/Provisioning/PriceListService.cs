using System.Globalization;
using Classound.Api.Validation;
using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Grpc.Core;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Price lists and their versions.</summary>
public sealed class PriceListService(CatalogueClient catalogue, CatalogueCache cache, TimeProvider clock)
    : Wire.PriceListService.PriceListServiceBase
{
    public override async Task<Wire.ImportPriceListResponse> ImportPriceList(
        IAsyncStreamReader<Wire.ImportPriceListRequest> requestStream, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        var upload = await PriceListUpload.ReadAsync(requestStream, context.CancellationToken);
        var rules = new PriceListCsvRules { AllowOtherIncrements = upload.Header.AllowOtherIncrements };
        var file = await Task.Run(() => PriceListCsv.Read(upload.Content, rules), context.CancellationToken);
        if (file.Content is not { } content || upload.Header.ValidateOnly) return PriceListMapping.ToWire(file, null, repeated: false);
        var part = new DatedContent(upload.Header.EffectiveTime?.ToDateTimeOffset(), content);
        var reply = await catalogue.ImportAsync(PriceListMapping.Parse(upload.Header), [part], CancellationToken.None);
        if (reply.Refusal != CatalogueRefusal.None) throw PriceListMapping.Refusal(reply);
        return PriceListMapping.ToWire(file, await Listed(reply.PriceList!), reply.Repeated);
    }

    public override async Task<Wire.ActivatePriceListResponse> ActivatePriceList(
        Wire.ActivatePriceListRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PriceListRequests.Check(request);
        var reply = await catalogue.ActivateAsync(
            request.PriceListType, request.Version, request.EffectiveTime.ToDateTimeOffset(), CancellationToken.None);
        if (reply.Refusal != CatalogueRefusal.None) throw PriceListMapping.Refusal(reply);
        return new Wire.ActivatePriceListResponse { PriceList = await Listed(reply.PriceList!), Repeated = reply.Repeated };
    }

    public override async Task<Wire.ListPriceListsResponse> ListPriceLists(Wire.ListPriceListsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        var after = PriceListRequests.Check(request);
        var size = NumberFields.PageSizeOf(request.PageSize);
        var metadata = await catalogue.DescribeAsync();
        var now = clock.GetUtcNow();
        var lists = metadata.PriceLists
            .Where(list => request.PriceListType.Length == 0 || list.Type == request.PriceListType)
            .Select(list => (Cursor: Cursor(list), List: list))
            .OrderBy(row => row.Cursor, StringComparer.Ordinal)
            .Where(row => string.CompareOrdinal(row.Cursor, after) > 0)
            .Take(size + 1).ToList();
        var reply = new Wire.ListPriceListsResponse();
        reply.PriceLists.AddRange(lists.Take(size).Select(row => PriceListMapping.ToWire(row.List, metadata, now)));
        if (lists.Count > size) reply.NextPageToken = PageToken.Create(PriceListRequests.ListName(request), lists[size - 1].Cursor);
        return reply;
    }

    public override async Task<Wire.GetPriceListResponse> GetPriceList(Wire.GetPriceListRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PriceListRequests.Check(request);
        var metadata = await catalogue.DescribeAsync();
        var now = clock.GetUtcNow();
        var record = request.Version == 0
            ? metadata.InForce(request.PriceListType, now)
            : metadata.PriceLists.FirstOrDefault(list => list.Type == request.PriceListType && list.Number == request.Version);
        if (record is null) throw PriceListMapping.Unknown(request.PriceListType, request.Version);
        var reply = new Wire.GetPriceListResponse { PriceList = PriceListMapping.ToWire(record, metadata, now) };
        reply.AreaTariffs.AddRange(PriceListMapping.AreaTariffs(await Content(record, context.CancellationToken)));
        return reply;
    }

    // Activated versions are in memory already; a draft is read for this answer and forgotten.
    private async Task<PriceListVersion> Content(PriceListRecord record, CancellationToken ct) =>
        cache.Current.List(record.Type, record.Number) ?? await catalogue.LoadAsync(record, ct);

    private async Task<Wire.PriceList> Listed(PriceListRecord record) =>
        PriceListMapping.ToWire(record, await catalogue.DescribeAsync(), clock.GetUtcNow());

    private static string Cursor(PriceListRecord list) => string.Create(CultureInfo.InvariantCulture, $"{list.Type} {list.Number:D10}");
}
