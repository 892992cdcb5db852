using Classound.Cli.Connection;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;

namespace Classound.Cli.Tests.Commands;

public sealed class PriceListCommandTests
{
    [Fact]
    public async Task Import_StreamsHeaderAndContentInChunks()
    {
        var path = Path.GetTempFileName();
        try
        {
            var content = new byte[(1 << 20) + 5];
            new Random(1).NextBytes(content);
            await File.WriteAllBytesAsync(path, content);
            var cli = Cli.Answering(new ImportPriceListResponse { Rows = 3 });

            Assert.Equal(0, await cli.RunAsync($"price-list import {path} --type END_USER --currency EUR --time-zone Europe/Rome "
                + "--effective 2026-12-01T00:00:00+01:00 --check"));

            var parts = cli.Requests.Cast<ImportPriceListRequest>().ToList();
            var header = parts[0].Header;
            Assert.Equal(("END_USER", "EUR", "Europe/Rome", false, true),
                (header.PriceListType, header.CurrencyCode, header.TimeZone, header.HasDecimals, header.ValidateOnly));
            Assert.Null(header.Deck);
            Assert.Equal(new DateTime(2026, 11, 30, 23, 0, 0, DateTimeKind.Utc), header.EffectiveTime.ToDateTime());
            Assert.Equal([1 << 20, 5], parts.Skip(1).Select(static part => part.Chunk.Length));
            Assert.Equal(content, parts.Skip(1).SelectMany(static part => part.Chunk.ToByteArray()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task ImportWithErrors_FailsAndShowsTheirPlaces()
    {
        var path = Path.GetTempFileName();
        try
        {
            var cli = Cli.Answering(new ImportPriceListResponse
            {
                ErrorCount = 1,
                Errors = { new ImportRemark { Line = 7, Column = "price", Value = "1,5", Reason = "expected a decimal point" } },
            });

            Assert.Equal(ExitCodes.Failed, await cli.RunAsync($"price-list import {path} --type L --currency EUR --time-zone UTC"));
            Assert.Contains("error, line 7, column price, value \"1,5\": expected a decimal point", cli.Out, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("2026-12-01", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T08:30Z", "2026-12-01T08:30:00Z")]
    [InlineData("2026-12-01T08:30:00-05:00", "2026-12-01T13:30:00Z")]
    [InlineData("2026-12-01T08:30:00.25Z", "2026-12-01T08:30:00.250Z")]
    public async Task Times_CarryTheirOffset(string given, string expected)
    {
        var cli = Cli.Answering(new ActivatePriceListResponse { PriceList = new PriceList() });

        Assert.Equal(0, await cli.RunAsync($"price-list activate END_USER 2 --at {given}"));

        var time = ((ActivatePriceListRequest)cli.Requests[0]).EffectiveTime;
        Assert.Equal($"\"{expected}\"", JsonFormatter.Default.Format(time));
    }

    [Fact]
    public async Task TimeWithoutOffset_IsAUsageError() =>
        Assert.Equal(ExitCodes.Usage,
            await Cli.Answering(new ActivatePriceListResponse()).RunAsync("price-list activate END_USER 2 --at 2026-12-01T08:30:00"));
}
