using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound price-list import</c> and <c>validate</c>: the same, but for what happens in the end.</summary>
internal static class PriceListImportCommand
{
    private static readonly string[] Formats = ["csv", "tsv", "xlsx"];

    private const string Rules = """
        The own format is one table with the column `kind`; as XLSX one sheet for each kind. `price-list export` writes it, and
        is the quickest way to see it. Any other table is a rate deck: add --deck.

        A deck's columns are found by their headings and values, whatever stands above and below them; the report shows which
        was taken for what. --column corrects it (change=- says that no column holds it). Targets:
          prefix, country-code, area-code, country, destination, price, increments, first-increment, next-increment,
          connect-fee, minimum-seconds, valid-from, valid-until, change, currency
        Every prefix of a deck needs an area of the list (1 to 6). --areas is a CSV with the columns country, destination, area
        and, if needed, high_cost (yes or no):
          country,destination,area
          IT,,1
          IT,mobile,2
          ,special,6
        Country and destination may be empty (any); destination is mobile, special, or text that the name contains. The row
        that says more wins. What no row names is an error unless --default-area says where it goes.
        What may be meant in two ways is an error that names the option which decides: 49151,152 and 49,151 (--codes), 03/04/26
        (--date-order), 1,234 (--decimal), increments that a row leaves out (--increments). A price in another currency is an error.
        A row has no price behind its end; a date without a time of day is its last day, or the first day without it under a
        heading such as "closing date". An end more than ten years ahead is none.
        Rows of a deck with a later date make versions of their own, in force from then on; until then the price of the version
        in force stays (--base-version, --no-base), and so do its Areas table, plans, DID and FreePhone fees.

        Nothing is imported if there is an error. The exit code is 0 only without errors.
        """;

    public static CliCommand Import(CommandRunner runner) => Create(runner, new CliCommand(
        "import", "Imports a file as a new version, whole or not at all, and reports what changes",
        "classound price-list import end-user.csv --type END_USER --effective 2026-12-01T00:00:00+01:00",
        "classound price-list import end-user.xlsx --type END_USER --currency EUR --time-zone Europe/Rome",
        "classound price-list import carrier.csv --type GOLD --currency USD --time-zone UTC --deck --areas areas.csv \\",
        "    --column price=\"Rates (USD / Min)\" --decimal , --effective 2026-12-01"), validate: false);

    public static CliCommand Validate(CommandRunner runner) => Create(runner, new CliCommand(
        "validate", "Reports what an import would do, and does nothing",
        "classound price-list validate end-user.csv --type END_USER",
        "classound price-list validate carrier.xlsx --type GOLD --currency USD --time-zone UTC --deck --default-area 6 --all"),
        validate: true);

    private static CliCommand Create(CommandRunner runner, CliCommand command, bool validate)
    {
        var file = new Argument<FileInfo>("file") { Description = "The price list as CSV, TSV or XLSX" }.AcceptExistingOnly();
        var type = Declare.Required("--type", "For example END_USER", "type");
        var currency = Declare.Text("--currency", "ISO 4217; may be left out where the file says it", "code");
        var zone = Declare.Text("--time-zone", "IANA time zone of its dates and time bands; the same", "zone");
        var decimals = new Option<int?>("--decimals")
        {
            Description = "Decimals of a charge, 0 to 9; what the file says, or 4, if left out", HelpName = "n",
        };
        var at = Declare.Time("--effective", "In force from this time on; without it, it is only imported");
        var other = Declare.Flag("--allow-other-increments", "Allow Areas 2 to 6 other increments than 1/1");
        var format = Declare.Word("--format", "Detected if left out", "", Formats);
        var compare = Declare.Number("--compare-with", "Report changes against this version; 0 is the one in force at the effective time");
        var all = Declare.Flag("--all", "Show all lines that the service gives, not the first 20 of each table");
        var check = Declare.Flag("--check", "Check only, import nothing: the same as validate");
        foreach (var option in new Option[] { type, currency, zone, decimals, at, other, format, compare, all }) command.Add(option);
        command.Add(file);
        if (!validate) command.Add(check);
        var deck = new DeckCommandLine(command);
        command.Notes = Rules;
        runner.Let(command, async (parsed, session) =>
        {
            var header = new ImportPriceListHeader
            {
                PriceListType = parsed.GetValue(type), CurrencyCode = parsed.GetValue(currency), TimeZone = parsed.GetValue(zone),
                EffectiveTime = parsed.GetValue(at), AllowOtherIncrements = parsed.GetValue(other),
                FileFormat = FormatOf(parsed.GetValue(format)!), CompareWithVersion = parsed.GetValue(compare),
                Deck = await deck.ReadAsync(parsed, session.Cancellation),
                ValidateOnly = validate || parsed.GetValue(check),
            };
            if (parsed.GetValue(decimals) is { } given) header.Decimals = given;
            var reply = await PriceListSender.SendAsync(session, header, parsed.GetValue(file)!);
            session.Output.Show(reply, () => new ImportReport(session.Output, header, reply, parsed.GetValue(all)).Show());
            return reply.ErrorCount == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static PriceListFileFormat FormatOf(string word) => word switch
    {
        "csv" => PriceListFileFormat.Csv,
        "tsv" => PriceListFileFormat.Tsv,
        "xlsx" => PriceListFileFormat.Xlsx,
        _ => PriceListFileFormat.Unspecified,
    };
}
