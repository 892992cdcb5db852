using Classound.Cli.Replay;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Classound.Silo.Demo;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Spectre.Console;

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
                "DENIED CalledNotE164", "acme-milan, ", "answered of", "call explain initech-london demo-",
                "replay my-cdrs.csv --pbx office-1 --country US --time-zone America/Detroit --main-number +12484364787 --provision",
            ],
            told => Assert.Contains(told, first, StringComparison.Ordinal));
        Assert.DoesNotContain("CallerIdNotVerified", second, StringComparison.Ordinal);
        Assert.Contains("2:30: 0:00 included, 3:00 charged = 0.036 EUR", second, StringComparison.Ordinal);
        await AssertProvisionedOnce(silo);
    }

    [SkippableTheory]
    [InlineData("freepbx_asteriskcdrdb_574.csv")]
    [InlineData("asterisk_pjsip_multitenant_1000_malformed_quotes.csv")]
    public async Task OldCallsReplayedOnTheDemo_AreSettledAtItsPrices(string name)
    {
        var file = SharedData.File("data", "cdr", name);
        await using var silo = await SiloProcess.Start(_folder);
        await Play(silo);
        using var channel = silo.Connect();
        var options = new ReplayOptions
        {
            File = file, PbxId = "office-1", Country = "US", TimeZone = "America/Detroit", MainNumber = "+12484364787",
            Provision = new ReplayProvisioning("END_USER", "CLASSOUND-FLAT-1m", Users: null),
        };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });

        var summary = await ReplayCommand.RunAsync(options, channel, console, TimeProvider.System, CancellationToken.None);

        Assert.NotEqual(0, summary.Count(ReplayBucket.Settled));
        Assert.DoesNotContain(summary.DeniedByReason, static pair => pair.Key is "NO_PRICE" or "PBX_WITHOUT_PLAN");
    }

    [Fact]
    public async Task DemoFolderWhoseCatalogueBeginsLater_GetsTheTimeBefore()
    {
        await using var silo = await SiloProcess.Start(_folder);
        using var channel = silo.Connect();
        await ImportFrom(channel, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await Play(silo);

        var lists = await new PriceListService.PriceListServiceClient(channel).ListPriceListsAsync(new ListPriceListsRequest());
        Assert.Equal([2020, 2010], lists.PriceLists.Select(static list => list.EffectiveTime.ToDateTime().Year));
    }

    [Fact]
    public async Task StoryTold_TheProductLogsAgain()
    {
        await using var silo = await SiloProcess.Start(_folder, settings: null, "--demo");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!silo.Output.Contains("replay my-cdrs.csv", StringComparison.Ordinal)) await Task.Delay(100, limit.Token);
        Assert.DoesNotContain("Emergency call demo-", silo.Output, StringComparison.Ordinal);

        using var channel = silo.Connect();
        var calls = new CallService.CallServiceClient(channel);
        // The last line of the story is out a moment before the log is on, and a moment after a call the log is out: repeated until seen.
        for (var i = 0; !silo.Output.Contains("Emergency call after-the-story", StringComparison.Ordinal); i++)
        {
            await calls.AuthorizeCallAsync(
                new AuthorizeCallRequest { PbxId = "acme-milan", CallId = $"after-the-story-{i}", Called = "112" }, cancellationToken: limit.Token);
            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task ImportFrom(GrpcChannel channel, DateTime effective)
    {
        using var call = new PriceListService.PriceListServiceClient(channel).ImportPriceList();
        await call.RequestStream.WriteAsync(new ImportPriceListRequest
        {
            Header = new ImportPriceListHeader
            {
                PriceListType = "END_USER", CurrencyCode = "EUR", TimeZone = "Europe/Rome", EffectiveTime = Timestamp.FromDateTime(effective),
            },
        });
        await using var csv = DemoOperator.OpenPriceList();
        await call.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = await ByteString.FromStreamAsync(csv) });
        await call.RequestStream.CompleteAsync();
        Assert.Equal(0, (await call).ErrorCount);
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
