using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Cli.Connection;

/// <summary>Reads lists to their last page.</summary>
internal static class AllPages
{
    private const int LargestPage = 1000;

    public static async Task<ListPriceListsResponse> ListPriceListsAsync(ChannelBase channel, string type, CallOptions options)
    {
        var client = new PriceListService.PriceListServiceClient(channel);
        var all = new ListPriceListsResponse();
        do
        {
            var page = await client.ListPriceListsAsync(
                new ListPriceListsRequest { PriceListType = type, PageSize = LargestPage, PageToken = all.NextPageToken }, options);
            all.PriceLists.AddRange(page.PriceLists);
            all.NextPageToken = page.NextPageToken;
        }
        while (all.NextPageToken.Length > 0);
        return all;
    }

    public static async Task<ListDidsResponse> ListDidsAsync(ChannelBase channel, string pbxId, CallOptions options)
    {
        var client = new DidService.DidServiceClient(channel);
        var all = new ListDidsResponse();
        do
        {
            var page = await client.ListDidsAsync(
                new ListDidsRequest { PbxId = pbxId, PageSize = LargestPage, PageToken = all.NextPageToken }, options);
            all.Dids.AddRange(page.Dids);
            all.NextPageToken = page.NextPageToken;
        }
        while (all.NextPageToken.Length > 0);
        return all;
    }

    public static async Task<ListPlansResponse> ListPlansAsync(ChannelBase channel, string code, CallOptions options)
    {
        var client = new PlanService.PlanServiceClient(channel);
        var all = new ListPlansResponse();
        do
        {
            var page = await client.ListPlansAsync(
                new ListPlansRequest { PlanCode = code, PageSize = LargestPage, PageToken = all.NextPageToken }, options);
            all.Plans.AddRange(page.Plans);
            all.NextPageToken = page.NextPageToken;
        }
        while (all.NextPageToken.Length > 0);
        return all;
    }
}
