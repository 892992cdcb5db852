using Classound.Cli.Connection;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;

namespace Classound.Cli.Tests.Commands;

/// <summary>Export, diff and lookup.</summary>
public sealed class PriceListFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Export_WritesTheFileAndNeverOverwritesUnasked()
    {
        var cli = Exporting(5, "abc", "de");
        var path = Path.Combine(_folder, "list.pdf");
        Assert.Equal(0, await cli.RunAsync($"price-list export END_USER --version-number 3 --out {path}"));
        Assert.Equal("abcde", await File.ReadAllTextAsync(path));
        var request = (ExportPriceListRequest)cli.Requests[0];
        Assert.Equal(("END_USER", 3, PriceListFileFormat.Pdf), (request.PriceListType, request.Version, request.FileFormat));

        await File.WriteAllTextAsync(path, "mine");
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync($"price-list export END_USER --out {path}"));
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
        Assert.Contains("--force", cli.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await cli.RunAsync($"price-list export END_USER --format csv --out {path} --force"));
        Assert.Equal("abcde", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task ExportThatBreaksOff_LeavesNoFile()
    {
        var cli = Exporting(6, "abc", "de");
        Assert.Equal(ExitCodes.Failed, await cli.RunAsync($"price-list export END_USER --out {Path.Combine(_folder, "list.csv")}"));
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync($"price-list export END_USER --out {Path.Combine(_folder, "list.doc")}"));
    }

    [Fact]
    public async Task Diff_ShowsTheFirstAndCountsAll()
    {
        var part = new DiffPriceListsResponse();
        for (var i = 0; i < 30; i++)
            part.Changes.Add(new PriceListChange { Part = PriceListPart.Prefix, Kind = PriceListChangeKind.Removed, Key = $"39{i:D2}", Before = "1/60+1" });
        var last = new DiffPriceListsResponse { Counts = new PriceListChangeCounts { Removed = 30 } };
        var cli = Cli.Streaming(part, last);
        Assert.Equal(0, await cli.RunAsync("price-list diff END_USER 3 4"));
        Assert.Equal(new DiffPriceListsRequest { PriceListType = "END_USER", BeforeVersion = 3, AfterVersion = 4 }, cli.Requests[0]);
        Assert.Contains("3919", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("3920", cli.Out, StringComparison.Ordinal);
        Assert.Contains("... and 10 more; --all shows them", cli.Out, StringComparison.Ordinal);
        Assert.Contains("0 added, 30 removed, 0 changed", cli.Out, StringComparison.Ordinal);

        Assert.Equal(0, await cli.RunAsync("price-list diff END_USER 3 4 --all"));
        Assert.Contains("3929", cli.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, await Cli.Streaming(part).RunAsync("price-list diff END_USER 3 4"));
    }

    [Fact]
    public async Task Lookup_ShowsThePriceAndWhatLost()
    {
        var reply = new LookupPriceListResponse
        {
            PriceList = new PriceList { PriceListType = "END_USER", Version = 3, CurrencyCode = "EUR", State = PriceListState.InForce },
            Match = new PriceListMatch { Prefix = "3906", Country = "IT", Destination = "Italy Rome", Area = 1, PricePerMinuteNanos = 20_000_000 },
            Shorter = { new PriceListMatch { Prefix = "39", Destination = "Italy", Area = 1 } },
        };
        var cli = Cli.Answering(reply);
        Assert.Equal(0, await cli.RunAsync("price-list lookup END_USER +390612345678 --at 2026-12-01"));
        var request = (LookupPriceListRequest)cli.Requests[0];
        Assert.Equal(("+390612345678", 1_796_083_200L), (request.Number, request.AtTime.Seconds));
        Assert.Contains("Italy Rome", cli.Out, StringComparison.Ordinal);
        Assert.Contains("0.02 EUR", cli.Out, StringComparison.Ordinal);

        reply.Match = null;
        Assert.Equal(ExitCodes.Failed, await Cli.Answering(reply).RunAsync("price-list lookup END_USER 999"));
    }

    private static Cli Exporting(long size, params string[] chunks) => Cli.Streaming(
    [
        new ExportPriceListResponse
        {
            Header = new ExportPriceListHeader { FileName = "END_USER-3.pdf", SizeBytes = size, PriceList = new PriceList { Version = 3 } },
        },
        .. chunks.Select(chunk => new ExportPriceListResponse { Chunk = ByteString.CopyFromUtf8(chunk) }),
    ]);
}
