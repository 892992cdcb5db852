using Classound.Cli.Connection;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Cli.Tests.Commands;

/// <summary>Decks on the command line, and what an import shows.</summary>
public sealed class PriceListReportTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public PriceListReportTests() => File.WriteAllText(_file, "a deck");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task DeckOptions_GoWithTheHeader()
    {
        var areas = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(areas, "country,destination,area\nIT,,1\n");
            var cli = Cli.Answering(new ImportPriceListResponse());
            Assert.Equal(0, await cli.RunAsync(
            [
                "price-list", "validate", _file, "--type", "GOLD", "--areas", areas, "--column", "price=Rates (USD / Min)",
                "--column", "valid-from=6", "--decimal", ",", "--date-order", "dmy", "--codes", "shorthand", "--increments", "60/1", "--default-area", "6",
                "--area", "DE:mobile=2", "--area", ":special=6", "--area", "FR=1", "--no-base", "--format", "csv", "--compare-with", "2",
            ]));

            var header = ((ImportPriceListRequest)cli.Requests[0]).Header;
            Assert.Equal((true, PriceListFileFormat.Csv, 2), (header.ValidateOnly, header.FileFormat, header.CompareWithVersion));
            Assert.Equal(
                new DeckOptions
                {
                    Columns =
                    {
                        new DeckColumn { Target = DeckTarget.Price, Column = "Rates (USD / Min)" },
                        new DeckColumn { Target = DeckTarget.ValidFrom, Column = "6" },
                    },
                    DecimalSeparator = DecimalSeparator.Comma, DateOrder = DateOrder.DayMonthYear, CodeLists = DeckCodeLists.Shorthand, Increments = "60/1", DefaultArea = 6,
                    AreaTable = "country,destination,area\nIT,,1\n", NoBase = true,
                    AreaRules =
                    {
                        new DeckAreaRule { Country = "DE", Destination = "mobile", Area = 2 },
                        new DeckAreaRule { Destination = "special", Area = 6 }, new DeckAreaRule { Country = "FR", Area = 1 },
                    },
                },
                header.Deck);
        }
        finally
        {
            File.Delete(areas);
        }
    }

    [Theory]
    [InlineData("--column price", "--column 'price'")]
    [InlineData("--column colour=5", "--column 'colour=5'")]
    [InlineData("--area IT", "--area 'IT'")]
    [InlineData("--area IT=7", "--area 'IT=7'")]
    [InlineData("--decimal x", "x")]
    [InlineData("--codes short", "short")]
    [InlineData("--format pdf", "pdf")]
    public async Task WrongDeckOption_IsAUsageErrorThatNamesIt(string option, string named)
    {
        var cli = Cli.Answering(new ImportPriceListResponse());
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync($"price-list import {_file} --type GOLD {option}"));
        Assert.Contains(named, cli.Errors, StringComparison.Ordinal);
        Assert.Empty(cli.Requests);
    }

    [Fact]
    public async Task Report_ShowsMappingAreasAndChanges()
    {
        var cli = Cli.Answering(Report());
        Assert.Equal(0, await cli.RunAsync($"price-list import {_file} --type GOLD --deck"));

        Assert.Contains("headings in line 15", cli.Out, StringComparison.Ordinal);
        Assert.Matches(@"price\s.*Rates \(USD / Min\).*0\.3", cli.Out);
        Assert.Matches(@"lists of codes\s+complete", cli.Out);
        Assert.Matches(@"IT\s.*Area 1\s.*12\s.*IT", cli.Out);
        Assert.Contains("Against version 3: 25 added, 1 removed, 2 changed (1 dearer, 1 cheaper)", cli.Out, StringComparison.Ordinal);
        Assert.Matches(@"~.*4176.*0\.10/60\+1.*0\.125/60\+1.*\u2191 \+25\.0 %", cli.Out);
        Assert.Contains("\u2193 -50.0 %", cli.Out, StringComparison.Ordinal);
        Assert.Contains("... and 8 more; --all shows them", cli.Out, StringComparison.Ordinal);
        Assert.Contains("GOLD from 2026-12-01T00:00:00Z is version 4: 40 prefixes", cli.Out, StringComparison.Ordinal);

        Assert.Equal(0, await cli.RunAsync($"price-list import {_file} --type GOLD --deck --all"));
        Assert.DoesNotContain("--all shows them", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangedArea_SaysHowManyPrefixesItReprices()
    {
        var reply = Report();
        var changes = reply.Versions[0].Changes;
        changes.Counts.RepricedByArea = 40_000;
        changes.Changes.Insert(0, new PriceListChange
        {
            Part = PriceListPart.Area, Kind = PriceListChangeKind.Changed, Key = "1", Before = "0.01/60+60", After = "0.02/60+60", Prefixes = 40_000,
        });
        var cli = Cli.Answering(reply);
        Assert.Equal(0, await cli.RunAsync($"price-list import {_file} --type GOLD --deck"));

        Assert.Matches(@"~.*area.*1.*\(reprices 40000 prefixes\)", cli.Out);
        Assert.Contains("cheaper); areas reprice 40000 prefixes", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_IsTheReplyAlone()
    {
        var cli = Cli.Answering(Report());
        Assert.Equal(0, await cli.RunAsync($"price-list import {_file} --type GOLD --deck --json"));
        Assert.Equal(Report(), ImportPriceListResponse.Parser.ParseJson(cli.Out));
        Assert.Empty(cli.Errors);
    }

    [Fact]
    public async Task ErrorsInAFileThatIsNoDeckByWord_PointToDeck()
    {
        var cli = Cli.Answering(new ImportPriceListResponse { ErrorCount = 1, Errors = { new ImportRemark { Reason = "no column kind" } } });
        Assert.Equal(ExitCodes.Failed, await cli.RunAsync($"price-list import {_file} --type GOLD"));
        Assert.Contains("add --deck", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BusyService_IsUnreachableNow()
    {
        var cli = Cli.Failing(new RpcException(new Status(StatusCode.ResourceExhausted, "two already")));
        Assert.Equal(ExitCodes.Unreachable, await cli.RunAsync($"price-list import {_file} --type GOLD"));
        Assert.Contains("Repeating the command is safe", cli.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoppedImport_SaysSoInOneLine(bool atOnce)
    {
        using var stop = new CancellationTokenSource();
        if (atOnce) await stop.CancelAsync();
        var cli = new Cli(_ =>
        {
            stop.Cancel();
            throw new RpcException(new Status(StatusCode.Cancelled, "Call canceled by the client."));
        });

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync($"price-list import {_file} --type GOLD", stop.Token));
        Assert.StartsWith("Stopped before the service had answered.", cli.Errors, StringComparison.Ordinal);
        Assert.Single(cli.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(cli.Out);
    }

    private static ImportPriceListResponse Report()
    {
        var changes = new PriceListChangeReport
        {
            ComparedWithVersion = 3, Counts = new PriceListChangeCounts { Added = 25, Changed = 2, Removed = 1, Raised = 1, Lowered = 1 },
        };
        changes.Changes.Add(Changed("4176", "0.10/60+1", "0.125/60+1", 100, 125));
        changes.Changes.Add(Changed("4177", "0.10/60+1", "0.05/60+1", 100, 50));
        for (var i = 0; i < 26; i++)
            changes.Changes.Add(new PriceListChange { Part = PriceListPart.Prefix, Kind = PriceListChangeKind.Added, Key = $"39{i}", After = "1/60+1" });
        return new ImportPriceListResponse
        {
            FileFormat = PriceListFileFormat.Csv, Rows = 50, Prefixes = 40,
            Mapping = new DeckMapping
            {
                HeaderLine = 15, CodeLists = DeckCodeLists.Complete,
                Columns = { new DeckMappedColumn { Target = DeckTarget.Price, Heading = "Rates (USD / Min)", Number = 5, Sample = "0.3", Given = true } },
                Facts = { new DeckFact { Line = 13, Name = "Currency", Value = "USD" } },
            },
            AreaAssignments = { new DeckAreaAssignment { Country = "IT", Area = 1, Rule = "IT", Prefixes = 12 } },
            Versions =
            {
                new ImportedVersion
                {
                    Version = 4, Prefixes = 40, EffectiveTime = new() { Seconds = 1_796_083_200 }, Changes = changes,
                },
            },
            PriceList = new PriceList { PriceListType = "GOLD", Version = 4 },
        };
    }

    private static PriceListChange Changed(string prefix, string before, string after, long priceBefore, long priceAfter) => new()
    {
        Part = PriceListPart.Prefix, Kind = PriceListChangeKind.Changed, Key = prefix, Before = before, After = after,
        PricePerMinuteBeforeNanos = priceBefore, PricePerMinuteAfterNanos = priceAfter,
    };
}
