using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound price-list lookup</c></summary>
internal static class PriceListLookupCommand
{
    public static CliCommand Create(CommandRunner runner)
    {
        var type = Declare.Argument("type", "For example END_USER");
        var number = Declare.Argument("number", "A number, or the beginning of one: digits, with or without +");
        var version = Declare.Number("--version-number", "0 is the one in force");
        var at = Declare.Time("--at", "In force at this time; now if left out");
        var command = new CliCommand("lookup", "Says what a number costs, and which shorter prefixes lost",
            "classound price-list lookup END_USER +390612345678",
            "classound price-list lookup END_USER 4179 --version-number 3") { type, number, version, at };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new LookupPriceListRequest
            {
                PriceListType = parsed.GetValue(type), Number = parsed.GetValue(number), Version = parsed.GetValue(version),
                AtTime = parsed.GetValue(at),
            };
            var reply = await new PriceListService.PriceListServiceClient(session.Channel).LookupPriceListAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply));
            return reply.Match is null ? ExitCodes.Failed : ExitCodes.Ok;
        });
        return command;
    }

    private static void Show(CliOutput output, LookupPriceListResponse reply)
    {
        var (list, currency) = (reply.PriceList, reply.PriceList.CurrencyCode);
        output.Facts(
            ("price list", $"{list.PriceListType} version {Words.Of(list.Version)}, {Words.Of(list.State)}"),
            ("effective from", Words.Of(list.EffectiveTime)));
        if (reply.Match is not { } match)
        {
            output.Line(reply.Shorter.Count == 0
                ? "No prefix of the list matches: calls to it are refused."
                : "Its prefix has no price: calls to it are refused.");
        }
        else
        {
            output.Facts(
                ("destination", CallView.Destination(match.Destination, match.Country, match.Prefix, match.Area)),
                ("tariff", TariffText.Of(match.Tariff, currency)), ("tariff of", Words.Of(match.TariffSource)),
                ("highest price per minute", NanosText.Format(match.PricePerMinuteNanos, currency)),
                ("high cost", match.HighCost ? "yes: barred for new PBXs" : ""));
        }
        output.TableIfAny("Shorter prefixes, which do not apply", ["prefix", "destination", "area", "tariff"], reply.Shorter.Select(other => new[]
        {
            other.Prefix, other.Destination, Words.Of(other.Area), TariffText.Of(other.Tariff, currency),
        }));
        output.TableIfAny("DIDs of this country", ["country", "kind", "#setup", "#per month"], PriceListView.DidRows(reply.DidFees, currency));
        output.TableIfAny("FreePhone of this country", ["country", "#per month", "#from fixed", "#from mobile", "#from payphone"],
            reply.FreePhoneFee is { } fee ? [PriceListView.FreePhoneRow(fee, currency)] : []);
    }
}
