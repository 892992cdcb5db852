using Classound.Contracts.Provisioning.V1;
using Classound.Silo.Demo;

namespace Classound.EndToEnd.Tests;

/// <summary>The demo, against the real host: it shows what it promises, and a second start disturbs nothing.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task DemoStartedTwice_TellsItsStoryAndProvisionsOnce()
    {
        await using var silo = await SiloProcess.Start(_folder);

        var first = await Play(silo);
        var second = await Play(silo);

        Assert.All(
            [
                "INVENTED", "12000 included minutes", "19:30 to France", "13:00 included, 0:00 charged", "repeated: nothing moved",
                "DENIED CallerIdNotOwned", "DENIED CallerIdNotVerified", "WITHHELD", "GRANTED as an emergency call", "GRANTED as an internal call",
                "DENIED UserUnknown", "20:00 included, 3:00 charged = 0.036 EUR", "DENIED PriceTooHigh", "DENIED DestinationBarred",
                "DENIED CalledNotE164", "call explain initech-london demo-",
            ],
            told => Assert.Contains(told, first, StringComparison.Ordinal));
        Assert.DoesNotContain("CallerIdNotVerified", second, StringComparison.Ordinal);
        Assert.Contains("2:30: 0:00 included, 3:00 charged = 0.036 EUR", second, StringComparison.Ordinal);
        await AssertProvisionedOnce(silo);
    }

    private static async Task<string> Play(SiloProcess silo)
    {
        await using var output = new StringWriter();
        Assert.Null(await DemoRun.RunAsync(silo.Address, output, TimeProvider.System, CancellationToken.None));
        return output.ToString();
    }

    private static async Task AssertProvisionedOnce(SiloProcess silo)
    {
        using var channel = silo.Connect();
        var lists = await new PriceListService.PriceListServiceClient(channel).ListPriceListsAsync(new ListPriceListsRequest());
        var plans = await new PlanService.PlanServiceClient(channel).ListPlansAsync(new ListPlansRequest());
        var dids = await new DidService.DidServiceClient(channel).ListDidsAsync(new ListDidsRequest { PbxId = "acme-milan" });

        Assert.Equal(1, Assert.Single(lists.PriceLists).Version);
        Assert.Equal(3, plans.Plans.Count);
        Assert.Equal(3, dids.Dids.Count);
    }
}
