using System.Globalization;
using Classound.Api.Validation;
using Classound.Grains.Catalogues;
using Grpc.Core;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Price lists and their versions.</summary>
public sealed class PriceListService(
    CatalogueClient catalogue, PriceListVersions versions, PriceListImporter importer, PriceListExporter exporter, TimeProvider clock)
    : Wire.PriceListService.PriceListServiceBase
{
    public override Task<Wire.ImportPriceListResponse> ImportPriceList(
        IAsyncStreamReader<Wire.ImportPriceListRequest> requestStream, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        return importer.ImportAsync(requestStream, context);
    }

    public override async Task<Wire.ActivatePriceListResponse> ActivatePriceList(
        Wire.ActivatePriceListRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PriceListRequests.Check(request);
        var reply = await catalogue.ActivateAsync(
            request.PriceListType, request.Version, request.EffectiveTime.ToDateTimeOffset(), CancellationToken.None);
        if (reply.Refusal != CatalogueRefusal.None) throw PriceListMapping.Refusal(reply);
        var listed = PriceListMapping.ToWire(reply.PriceList!, await catalogue.DescribeAsync(), clock.GetUtcNow());
        return new Wire.ActivatePriceListResponse { PriceList = listed, Repeated = reply.Repeated };
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
        var now = clock.GetUtcNow();
        var found = await versions.FindAsync(request.PriceListType, request.Version, now);
        return PriceListContents.ToWire(
            PriceListMapping.ToWire(found.Record, found.Metadata, now), await versions.ContentAsync(found.Record, context.CancellationToken));
    }

    public override async Task<Wire.LookupPriceListResponse> LookupPriceList(Wire.LookupPriceListRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PriceListRequests.Check(request);
        var now = clock.GetUtcNow();
        var found = await versions.FindAsync(request.PriceListType, request.Version, request.AtTime?.ToDateTimeOffset() ?? now);
        return PriceListLookup.Find(
            await catalogue.LoadAsync(found.Record, context.CancellationToken), PriceListRequests.Digits(request),
            PriceListMapping.ToWire(found.Record, found.Metadata, now));
    }

    public override Task DiffPriceLists(
        Wire.DiffPriceListsRequest request, IServerStreamWriter<Wire.DiffPriceListsResponse> responseStream, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PriceListRequests.Check(request);
        return exporter.DiffAsync(request, responseStream, context.CancellationToken);
    }

    public override Task ExportPriceList(
        Wire.ExportPriceListRequest request, IServerStreamWriter<Wire.ExportPriceListResponse> responseStream, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PriceListRequests.Check(request);
        return exporter.ExportAsync(request, responseStream, context.CancellationToken);
    }

    private static string Cursor(PriceListRecord list) => string.Create(CultureInfo.InvariantCulture, $"{list.Type} {list.Number:D10}");
}
