using System.CommandLine;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cli.Commands;

/// <summary><c>classound pbx ...</c></summary>
internal static class PbxCommands
{
    public static Command Create(CommandRunner runner) => new CliCommand("pbx", "Creates, shows and changes PBXs",
        "classound pbx get acme-milan",
        "classound pbx set-licences acme-milan --basic 3 --premium 1",
        "classound pbx set-limits acme-milan --day-cap 20",
        "classound pbx suspend acme-milan")
    {
        CreatePbx(runner), Get(runner), SetLicences(runner), SetUsers(runner), SetLimits(runner), SetPlan(runner),
        SetState(runner, "suspend", "Refuses all new calls of a PBX but emergency calls", PbxState.Suspended),
        SetState(runner, "resume", "Lets a suspended PBX call again", PbxState.Active),
    };

    private static CliCommand CreatePbx(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var name = Declare.Required("--name", "Name for people", "text");
        var country = Declare.Required("--country", "Where its emergency calls belong, two letters", "country");
        var zone = Declare.Required("--time-zone", "IANA time zone of its months and days", "zone");
        var currency = Declare.Required("--currency", "Of all its amounts, ISO 4217", "code");
        var list = Declare.Required("--price-list", "Price-list type, for example END_USER", "type");
        var plan = Declare.Text("--plan", "Plan code; without one chargeable calls are refused", "code");
        var from = Declare.Required("--active-from", "First local day", "yyyy-mm-dd");
        var licences = new LicenceOptions();
        var limits = new LimitOptions();
        var command = new CliCommand("create", "Creates a PBX; repeating it with the same content changes nothing",
            "classound pbx create acme-milan --name \"Acme Milan\" --country IT --time-zone Europe/Rome --currency EUR \\",
            "    --price-list END_USER --plan CLASSOUND-FLAT-1m --active-from 2026-11-01 --basic 4 --day-cap 50")
        { id, name, country, zone, currency, list, plan, from };
        licences.AddTo(command);
        limits.AddTo(command);
        runner.Let(command, async (parsed, session) =>
        {
            var (given, paths) = limits.Read(parsed);
            var pbx = new Pbx
            {
                PbxId = parsed.GetValue(id), Name = parsed.GetValue(name), Country = parsed.GetValue(country),
                TimeZone = parsed.GetValue(zone),
                CurrencyCode = parsed.GetValue(currency), PriceListType = parsed.GetValue(list), PlanCode = parsed.GetValue(plan),
                ActiveFromDate = parsed.GetValue(from), Licences = licences.Read(parsed), Limits = paths.Count == 0 ? null : given,
            };
            var reply = await new PbxService.PbxServiceClient(session.Channel)
                .CreatePbxAsync(new CreatePbxRequest { Pbx = pbx }, session.Options);
            session.Output.Show(reply, () => PbxView.Show(session.Output, reply.Pbx));
        });
        return command;
    }

    private static CliCommand Get(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var command = new CliCommand("get", "Shows a PBX with its live counts", "classound pbx get acme-milan",
            "classound pbx get acme-milan --json") { id };
        runner.Let(command, async (parsed, session) =>
        {
            var reply = await new PbxService.PbxServiceClient(session.Channel)
                .GetPbxAsync(new GetPbxRequest { PbxId = parsed.GetValue(id) }, session.Options);
            session.Output.Show(reply, () => PbxView.Show(session.Output, reply.Pbx, reply.LiveCounts));
        });
        return command;
    }

    private static CliCommand SetLicences(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var licences = new LicenceOptions();
        var command = new CliCommand("set-licences", "Sets the user licences; types that are not given become 0",
            "classound pbx set-licences acme-milan --basic 3 --premium 1") { id };
        licences.AddTo(command);
        runner.Let(command, async (parsed, session) =>
        {
            var request = new SetUserLicencesRequest { PbxId = parsed.GetValue(id), Licences = licences.Read(parsed) };
            var reply = await new PbxService.PbxServiceClient(session.Channel).SetUserLicencesAsync(request, session.Options);
            session.Output.Show(reply, () => PbxView.Show(session.Output, reply.Pbx, reply.LiveCounts));
        });
        return command;
    }

    private static CliCommand SetUsers(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var users = new Argument<string[]>("user-id") { Description = "All users, in any order", Arity = ArgumentArity.ZeroOrMore };
        var command = new CliCommand("set-users", "Sets the full list of users of a plan shared PER_USER",
            "classound pbx set-users acme-milan 201 202 203 204") { id, users };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new SetUsersRequest { PbxId = parsed.GetValue(id), UserIds = { parsed.GetValue(users) ?? [] } };
            var reply = await new PbxService.PbxServiceClient(session.Channel).SetUsersAsync(request, session.Options);
            session.Output.Show(reply, () => PbxView.Show(session.Output, reply.Pbx));
        });
        return command;
    }

    private static CliCommand SetLimits(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var lift = Declare.Many("--lift", "Limit to lift, by its field name, for example day_cap_nanos; may be repeated", "field");
        var limits = new LimitOptions();
        var command = new CliCommand("set-limits", "Sets the limits given; the others stay as they are",
            "classound pbx set-limits acme-milan --day-cap 20 --max-concurrent-calls 8",
            "classound pbx set-limits acme-milan --lift day_cap_nanos") { id, lift };
        limits.AddTo(command);
        runner.Let(command, async (parsed, session) =>
        {
            var (given, paths) = limits.Read(parsed);
            var mask = new FieldMask { Paths = { paths, parsed.GetValue(lift)!.Select(static field => "limits." + field) } };
            if (mask.Paths.Count == 0)
                throw new UsageException("Give at least one limit to set or to --lift.");
            await Update(session, new Pbx { PbxId = parsed.GetValue(id), Limits = given }, mask);
        });
        return command;
    }

    private static CliCommand SetPlan(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var plan = Declare.Argument("plan-code", "The plan from the next month on");
        var command = new CliCommand("set-plan", "Changes the plan; it takes effect with the next month",
            "classound pbx set-plan acme-milan CLASSOUND-FLAT-1y") { id, plan };
        runner.Let(command, (parsed, session) => Update(
            session, new Pbx { PbxId = parsed.GetValue(id), PlanCode = parsed.GetValue(plan) }, new FieldMask { Paths = { "plan_code" } }));
        return command;
    }

    private static CliCommand SetState(CommandRunner runner, string name, string description, PbxState state)
    {
        var id = Declare.PbxId();
        var command = new CliCommand(name, description, $"classound pbx {name} acme-milan") { id };
        runner.Let(command, (parsed, session) =>
            Update(session, new Pbx { PbxId = parsed.GetValue(id), State = state }, new FieldMask { Paths = { "state" } }));
        return command;
    }

    private static async Task Update(Connection.Session session, Pbx pbx, FieldMask mask)
    {
        var request = new UpdatePbxRequest { Pbx = pbx, UpdateMask = mask };
        var reply = await new PbxService.PbxServiceClient(session.Channel).UpdatePbxAsync(request, session.Options);
        session.Output.Show(reply, () => PbxView.Show(session.Output, reply.Pbx));
    }
}

/// <summary>The numbers of user licences by type.</summary>
internal sealed class LicenceOptions
{
    private readonly Option<int> _basic = Declare.Number("--basic", "Basic users");
    private readonly Option<int> _essential = Declare.Number("--essential", "Essential users");
    private readonly Option<int> _business = Declare.Number("--business", "Business users");
    private readonly Option<int> _premium = Declare.Number("--premium", "Premium users");

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _basic, _essential, _business, _premium })
            command.Add(option);
    }

    public UserLicences Read(ParseResult parsed) => new()
    {
        Basic = parsed.GetValue(_basic), Essential = parsed.GetValue(_essential), Business = parsed.GetValue(_business),
        Premium = parsed.GetValue(_premium),
    };
}
