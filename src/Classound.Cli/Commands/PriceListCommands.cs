using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound price-list ...</c></summary>
internal static class PriceListCommands
{
    public static Command Create(CommandRunner runner) =>
        new CliCommand("price-list", "Imports, compares, activates, exports and looks up price lists")
        {
            PriceListImportCommand.Import(runner), PriceListImportCommand.Validate(runner), PriceListDiffCommand.Create(runner),
            Activate(runner), PriceListExportCommand.Create(runner), PriceListLookupCommand.Create(runner), List(runner), Get(runner),
        };

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
            session.Output.Show(reply, () => PriceListView.Facts(session.Output, reply.PriceList));
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
        var command = new CliCommand("get", "Shows one version: areas, plans, fees, and how many prefixes it has",
            "classound price-list get END_USER", "classound price-list get END_USER --version-number 3") { type, version };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new GetPriceListRequest { PriceListType = parsed.GetValue(type), Version = parsed.GetValue(version) };
            var reply = await new PriceListService.PriceListServiceClient(session.Channel).GetPriceListAsync(request, session.Options);
            session.Output.Show(reply, () => PriceListView.Content(session.Output, reply));
        });
        return command;
    }
}
