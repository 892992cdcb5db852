using System.CommandLine;
using System.Globalization;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound plan ...</c></summary>
internal static class PlanCommands
{
    public static Command Create(CommandRunner runner) =>
        new CliCommand("plan", "Flat plans with included minutes") { CreatePlan(runner), List(runner) };

    private static CliCommand CreatePlan(CommandRunner runner)
    {
        var code = Declare.Argument("code", "For example CLASSOUND-FLAT-1m");
        var effective = Declare.Required("--effective", "First day of this version", "yyyy-mm-dd");
        var term = Declare.Word("--term", "How long a contract runs", null, "monthly", "yearly", "five-yearly");
        var minutes = new Option<int>("--minutes-per-user")
        {
            Description = "Included Area 1 minutes per user and month", Required = true, HelpName = "n",
        };
        var sharing = Declare.Word("--sharing", "Who may use a user's minutes; there is no default", null, "pooled", "per-user");
        var bands = new Option<string[]>("--band")
        {
            Description = "Largest number of users and their monthly fee each, as 5=19.90; the last may be *=14.90; may be repeated",
            Required = true, HelpName = "users=fee",
        };
        var currency = Declare.Required("--currency", "ISO 4217", "code");
        var command = new CliCommand("create", "Adds a version to a plan code; the first one creates it",
            "classound plan create CLASSOUND-FLAT-1m --effective 2026-11-01 --term monthly --minutes-per-user 3000 \\",
            "    --sharing pooled --band 5=19.90 --band *=16.50 --currency EUR")
        { code, effective, term, minutes, sharing, bands, currency };
        runner.Let(command, async (parsed, session) =>
        {
            var plan = new PlanVersion
            {
                PlanCode = parsed.GetValue(code), EffectiveDate = parsed.GetValue(effective), MinutesPerUser = parsed.GetValue(minutes),
                Term = TermOf(parsed.GetValue(term)!), CurrencyCode = parsed.GetValue(currency),
                Sharing = parsed.GetValue(sharing) == "pooled" ? PlanSharing.Pooled : PlanSharing.PerUser,
                Bands = { parsed.GetValue(bands)!.Select(BandOf) },
            };
            var reply = await new PlanService.PlanServiceClient(session.Channel)
                .CreatePlanVersionAsync(new CreatePlanVersionRequest { Plan = plan }, session.Options);
            session.Output.Show(reply, () => Show(session.Output, [reply.Plan]));
        });
        return command;
    }

    private static CliCommand List(CommandRunner runner)
    {
        var code = new Argument<string>("code")
        {
            Description = "All plans if left out", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = static _ => "",
        };
        var command = new CliCommand("list", "Lists the versions of plans", "classound plan list") { code };
        runner.Let(command, async (parsed, session) =>
        {
            var all = await AllPages.ListPlansAsync(session.Channel, parsed.GetValue(code)!, session.Options);
            session.Output.Show(all, () => Show(session.Output, all.Plans));
        });
        return command;
    }

    private static void Show(CliOutput output, IEnumerable<PlanVersion> plans) => output.Table(
        ["plan", "effective from", "term", "#minutes per user", "sharing", "fee per user and month"],
        plans.Select(static plan => new[]
        {
            plan.PlanCode, plan.EffectiveDate, Words.Of(plan.Term), Words.Of(plan.MinutesPerUser), Words.Of(plan.Sharing),
            string.Join(", ", plan.Bands.Select(band => BandText(band, plan.CurrencyCode))),
        }));

    private static string BandText(UserBand band, string currency) =>
        $"{(band.MaxUsers == 0 ? "above" : $"up to {Words.Of(band.MaxUsers)}")} {NanosText.Format(band.MonthlyFeeNanos, currency)}";

    private static PlanTerm TermOf(string word) => word switch
    {
        "yearly" => PlanTerm.Yearly,
        "five-yearly" => PlanTerm.FiveYearly,
        _ => PlanTerm.Monthly,
    };

    private static UserBand BandOf(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var users = equals < 0 ? text : text[..equals];
        var largest = 0;
        if (equals < 0 || !NanosText.TryParse(text[(equals + 1)..], out var fee)
            || (users != "*" && !(int.TryParse(users, NumberStyles.None, CultureInfo.InvariantCulture, out largest) && largest > 0)))
        {
            throw new UsageException($"--band '{text}': expected the largest number of users and a fee, such as 5=19.90 or *=14.90.");
        }
        return new UserBand { MaxUsers = largest, MonthlyFeeNanos = fee };
    }
}
