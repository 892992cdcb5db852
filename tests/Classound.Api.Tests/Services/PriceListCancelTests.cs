using System.Globalization;
using System.Text;
using Classound.Api.Tests.Hosting;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

/// <summary>Imports that their client gives up midway: nothing is half done, and what they took is given back.</summary>
[Collection(ApiCollection.Name)]
public sealed class PriceListCancelTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    [Fact]
    public async Task UploadThatIsCancelled_GivesBackItsPlaceAndItsFile()
    {
        using var first = await Waiting("GIVEN_UP");
        using var second = await Waiting("GIVEN_UP");
        foreach (var call in new[] { first, second }) await Send(call, "Prefix,Rate\n39,0.01\n");
        // What has been sent need not have come yet.
        while (OperatingSystem.IsLinux() && UploadsOpen() < 2) Assert.Empty(await Versions("GIVEN_UP"));

        first.Dispose();
        second.Dispose();

        // Two at once find a place again as soon as both are gone, and not before.
        using var third = await WaitingInTheEnd("GIVEN_UP");
        using var fourth = await WaitingInTheEnd("GIVEN_UP");
        Assert.Empty(await Versions("GIVEN_UP"));
        foreach (var call in new[] { third, fourth })
        {
            await Send(call, "Prefix,Rate\n39,0.01\n");
            await call.RequestStream.CompleteAsync();
            Assert.Equal(0, (await call).ErrorCount);
        }

        // Those of the first two were closed before their places were free, those of the last two before they were answered.
        if (OperatingSystem.IsLinux()) Assert.Equal(0, UploadsOpen());
        Assert.Single(await Versions("GIVEN_UP"));
    }

    [Fact]
    public async Task ImportThatIsCancelledWhileItIsRead_MakesAllVersionsOrNone()
    {
        // Two versions of many prefixes: reading takes longer than the message that cancels it.
        var deck = new StringBuilder("Prefix,Rate,Effective\n33,0.01,2035-01-01\n");
        for (var i = 0; i < 100_000; i++) deck.Append(CultureInfo.InvariantCulture, $"39{100_000 + i},0.01,\n");
        using var call = await Waiting("BROKEN_OFF");
        await Send(call, deck.ToString());
        await call.RequestStream.CompleteAsync();
        call.Dispose();

        using var first = await WaitingInTheEnd("BROKEN_OFF");
        using (await WaitingInTheEnd("BROKEN_OFF"))
        {
            Assert.Contains((await Versions("BROKEN_OFF")).Count, new[] { 0, 2 });
        }

        await Send(first, deck.ToString());
        await first.RequestStream.CompleteAsync();
        Assert.Equal(2, (await first).Versions.Count);
        Assert.Equal([1, 2], (await Versions("BROKEN_OFF")).Select(list => list.Version));
    }

    /// <summary>An upload that has its place: the service says so by its response headers.</summary>
    private async Task<AsyncClientStreamingCall<ImportPriceListRequest, ImportPriceListResponse>> Waiting(string type)
    {
        var call = _operator.PriceLists.ImportPriceList();
        var header = new ImportPriceListHeader
        {
            PriceListType = type, CurrencyCode = "EUR", TimeZone = "Europe/Rome", Deck = new DeckOptions { DefaultArea = 1 },
            EffectiveTime = new() { Seconds = 1_420_070_400 },
        };
        await call.RequestStream.WriteAsync(new ImportPriceListRequest { Header = header });
        // A refusal is all headers.
        if ((await call.ResponseHeadersAsync).Get("grpc-status-details-bin") is not null) await call;
        return call;
    }

    /// <summary>The same, asked for until there is a place, as a client does that is told to come back.</summary>
    private async Task<AsyncClientStreamingCall<ImportPriceListRequest, ImportPriceListResponse>> WaitingInTheEnd(string type)
    {
        while (true)
        {
            try
            {
                return await Waiting(type);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
            {
                // Not yet.
            }
        }
    }

    private static async Task Send(AsyncClientStreamingCall<ImportPriceListRequest, ImportPriceListResponse> call, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var at = 0; at < bytes.Length; at += 1 << 20)
        {
            var chunk = ByteString.CopyFrom(bytes, at, Math.Min(1 << 20, bytes.Length - at));
            await call.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = chunk });
        }
    }

    private async Task<IReadOnlyList<PriceList>> Versions(string type) =>
        (await _operator.PriceLists.ListPriceListsAsync(new ListPriceListsRequest { PriceListType = type })).PriceLists;

    /// <summary>Files of uploads that this process has open. They have no name any more by which a folder would list them.</summary>
    private static int UploadsOpen() => Directory.GetFiles("/proc/self/fd").Count(static file =>
        new FileInfo(file).LinkTarget?.StartsWith(Path.Combine(Path.GetTempPath(), "classound-file-"), StringComparison.Ordinal) is true);
}
