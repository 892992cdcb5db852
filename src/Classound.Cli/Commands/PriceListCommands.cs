using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;

namespace Classound.Cli.Commands;

/// <summary><c>classound price-list ...</c></summary>
internal static class PriceListCommands
{
    private const int ChunkBytes = 1 << 20;

    public static Command Create(CommandRunner runner) => new CliCommand("price-list", "Imports and activates price lists")
    {
        Import(runner), Activate(runner), List(runner), Get(runner),
    };

    private static CliCommand Import(CommandRunner runner)
    {
        var file = new Argument<FileInfo>("file") { Description = "The price list as CSV" }.AcceptExistingOnly();
        var type = Declare.Required("--type", "For example END_USER", "type");
        var currency = Declare.Required("--currency", "ISO 4217", "code");
        var zone = Declare.Required("--time-zone", "IANA time zone of its time bands", "zone");
        var decimals = Declare.Number("--decimals", "Decimals of a charge, 0 to 9", 4);
        var at = Declare.Time("--effective", "Activates the version from this time on; without it, it is imported only");
        var other = Declare.Flag("--allow-other-increments", "Allow Areas 2 to 6 other increments than 1/1");
        var check = Declare.Flag("--check", "Check only, import nothing");
        var command = new CliCommand("import", "Imports a CSV as a new version, whole or not at all",
            "classound price-list import end-user.csv --type END_USER --currency EUR --time-zone Europe/Rome --check",
            "classound price-list import end-user.csv --type END_USER --currency EUR --time-zone Europe/Rome \\",
            "    --effective 2026-12-01T00:00:00+01:00")
        { file, type, currency, zone, decimals, at, other, check };
        runner.Let(command, async (parsed, session) =>
        {
            var header = new ImportPriceListHeader
            {
                PriceListType = parsed.GetValue(type), CurrencyCode = parsed.GetValue(currency), TimeZone = parsed.GetValue(zone),
                Decimals = parsed.GetValue(decimals), EffectiveTime = parsed.GetValue(at), AllowOtherIncrements = parsed.GetValue(other),
                ValidateOnly = parsed.GetValue(check),
            };
            var reply = await Send(session, header, parsed.GetValue(file)!);
            session.Output.Show(reply, () => Show(session.Output, reply));
            return reply.ErrorCount == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<ImportPriceListResponse> Send(Session session, ImportPriceListHeader header, FileInfo file)
    {
        using var call = new PriceListService.PriceListServiceClient(session.Channel)
            .ImportPriceList(cancellationToken: session.Cancellation);
        await call.RequestStream.WriteAsync(new ImportPriceListRequest { Header = header }, session.Cancellation);
        await using var content = file.OpenRead();
        var buffer = new byte[ChunkBytes];
        int read;
        while ((read = await content.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, session.Cancellation)) > 0)
        {
            var chunk = new ImportPriceListRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) };
            await call.RequestStream.WriteAsync(chunk, session.Cancellation);
        }
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private static void Show(CliOutput output, ImportPriceListResponse reply)
    {
        output.Facts(
            ("rows", Words.Of(reply.Rows)), ("prefixes", Words.Of(reply.Prefixes)),
            ("errors", Words.Of(reply.ErrorCount)), ("notes", Words.Of(reply.NoteCount)));
        foreach (var remark in reply.Errors)
            output.Line($"error, {Place(remark)}");
        foreach (var remark in reply.Notes)
            output.Line($"note, {Place(remark)}");
        if (reply.PriceList is { } list)
            Show(output, list);
    }

    private static string Place(ImportRemark remark)
    {
        var column = remark.Column.Length == 0 ? "" : $", column {remark.Column}, value \"{remark.Value}\"";
        return (remark.Line == 0 ? "file" : $"line {Words.Of(remark.Line)}") + $"{column}: {remark.Reason}";
    }

    private static CliCommand Activate(CommandRunner runner)
    {
        var type = Declare.Argument("type", "For example END_USER");
        var version = new Argument<int>("version") { Description = "1 or more" };
        var at = Declare.Time("--at", "From when on it prices calls", required: true);
        var command = new CliCommand("activate", "Puts an imported version into force from a time on",
            "classound price-list activate END_USER 3 --at 2026-12-01T00:00:00+01:00") { type, version, at };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new ActivatePriceListRequest
            {
                PriceListType = parsed.GetValue(type), Version = parsed.GetValue(version), EffectiveTime = parsed.GetValue(at),
            };
            var reply = await new PriceListService.PriceListServiceClient(session.Channel).ActivatePriceListAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply.PriceList));
        });
        return command;
    }

    private static CliCommand List(CommandRunner runner)
    {
        var type = new Argument<string>("type")
        {
            Description = "All types if left out", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = static _ => "",
        };
        var command = new CliCommand("list", "Lists the versions", "classound price-list list",
            "classound price-list list END_USER") { type };
        runner.Let(command, async (parsed, session) =>
        {
            var all = await AllPages.ListPriceListsAsync(session.Channel, parsed.GetValue(type)!, session.Options);
            session.Output.Show(all, () => session.Output.Table(
                ["type", "#version", "state", "effective from", "currency", "#prefixes", "content"],
                all.PriceLists.Select(static list => new[]
                {
                    list.PriceListType, Words.Of(list.Version), Words.Of(list.State), Words.Of(list.EffectiveTime), list.CurrencyCode,
                    Words.Of(list.Prefixes), list.ContentSha256[..Math.Min(12, list.ContentSha256.Length)],
                })));
        });
        return command;
    }

    private static CliCommand Get(CommandRunner runner)
    {
        var type = Declare.Argument("type", "For example END_USER");
        var version = Declare.Number("--version-number", "0 is the one in force now");
        var command = new CliCommand("get", "Shows one version with the rows of its areas", "classound price-list get END_USER")
        { type, version };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new GetPriceListRequest { PriceListType = parsed.GetValue(type), Version = parsed.GetValue(version) };
            var reply = await new PriceListService.PriceListServiceClient(session.Channel).GetPriceListAsync(request, session.Options);
            session.Output.Show(reply, () =>
            {
                Show(session.Output, reply.PriceList);
                foreach (var area in reply.AreaTariffs)
                    session.Output.Line($"Area {Words.Of(area.Area)}: {TariffText.Of(area.Tariff, reply.PriceList.CurrencyCode)}");
            });
        });
        return command;
    }

    private static void Show(CliOutput output, PriceList list) => output.Facts(
        ("price list", $"{list.PriceListType} version {Words.Of(list.Version)}"), ("state", Words.Of(list.State)),
        ("effective from", Words.Of(list.EffectiveTime)),
        ("currency", $"{list.CurrencyCode}, charges of {Words.Of(list.Decimals)} decimals"), ("prefixes", Words.Of(list.Prefixes)),
        ("content", list.ContentSha256));
}
