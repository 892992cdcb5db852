using System.CommandLine;
using Classound.Benchmarks.Micro;
using Classound.Benchmarks.Processes;
using Classound.Benchmarks.Service;
using Classound.Benchmarks.Sql;
using Classound.Silo;

namespace Classound.Benchmarks;

/// <summary>What can be measured, and how it is asked for.</summary>
internal static class BenchmarkCommandLine
{
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed makes the same deck and the same calls.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Json = new("--json") { Description = "Write the figures to this file as well." };
    private static readonly Option<string?> Markdown = new("--markdown") { Description = "Write the tables to this file as well, to be pasted into a README." };
    private static readonly Option<bool> Quick = new("--quick") { Description = "A look instead of a measurement: fewer and shorter windows." };
    private static readonly Option<int> Windows = new("--windows") { Description = "Windows of each contender; ratios are medians over them. 1 to 99.", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> WindowSeconds = new("--window-seconds") { Description = "Length of a window, 1 to 600.", DefaultValueFactory = _ => 3 };

    public static RootCommand Create()
    {
        Windows.Validators.Add(result => Check(result.GetValue(Windows) is >= 1 and <= 99, result.AddError, "--windows is out of its range: expected 1 to 99"));
        WindowSeconds.Validators.Add(result => Check(
            result.GetValue(WindowSeconds) is >= 1 and <= 600, result.AddError, "--window-seconds is out of its range: expected 1 to 600"));
        return new RootCommand("""
            Classound.Benchmarks: figures of the product on this machine. Nothing is asserted.

            Run it on a machine that does nothing else, and read it as ratios within one run.

            Examples:
              Classound.Benchmarks micro                        what single steps of a call cost, in this process
              Classound.Benchmarks service --quick              the whole table in a few minutes, roughly
              Classound.Benchmarks service --markdown t.md      the whole table, some 25 minutes
              Classound.Benchmarks sql                          the opponent alone
            """)
        {
            MicroTable(), ServiceTable(), SqlTable(), PriceList(), EmptyServerCommand(),
        };
    }

    private static Command MicroTable()
    {
        Option<int> most = new("--most-prefixes") { Description = "Leave look-ups in larger tables out.", DefaultValueFactory = _ => 1_000_000 };
        Option<bool> verbose = new("--verbose") { Description = "Show all that BenchmarkDotNet says." };
        var command = new Command("micro", """
            Nanoseconds and allocated bytes of: parsing a number, the prefix lookup at 1,000, 100,000 and 1,000,000 prefixes,
            DecideAuthorize, rating a call, encoding a commit. By BenchmarkDotNet. The bytes expected are in allocations.csv,
            and a test of the gate compares them.
            """)
        { most, Quick, verbose, Seed, Json, Markdown };
        command.SetAction(result => MicroCommand.Run(new MicroOptions(
            result.GetValue(Seed), result.GetValue(most), result.GetValue(Quick), result.GetValue(verbose), result.GetValue(Json), result.GetValue(Markdown))));
        return command;
    }

    private static Command ServiceTable()
    {
        Option<string[]> only = new("--only") { Description = "Only these rows of the table, by name.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Row.All.Select(row => row.Name), ServiceOptions.InFlightName]);
        Option<int> connections = new("--connections")
        {
            Description = "HTTP/2 connections of the load generator to each service, each with one stream where streams are measured. 1 to 64.",
            DefaultValueFactory = _ => 4,
        };
        connections.Validators.Add(result => Check(
            result.GetValue(connections) is >= 1 and <= 64, result.AddError, "--connections is out of its range: expected 1 to 64"));
        Option<int> attach = new("--attach") { Description = "Measure nothing: keep what the first row measures under load for so many seconds, and say its process ids." };
        Option<int> rate = new("--rate") { Description = "With --attach: requests a second, whether or not the answers come. 1 to 200000; 0 = 128 in flight." };
        rate.Validators.Add(result => Check(
            result.GetValue(rate) is >= 0 and <= 200_000, result.AddError, "--rate is out of its range: expected 0 to 200000"));
        var command = new Command("service", $"""
            The suite as real processes on loopback (Redis with appendfsync everysec and always, SQLite; PostgreSQL as the
            opponent), under a load generator, beside an empty gRPC method with the same Kestrel and runtime settings.
            Needs redis-server, for the sql rows PostgreSQL 15 and pgbench. Nothing of it stays.

            Examples:
              service                                            everything, some 25 minutes
              service --only authorize-everysec --windows 3      one row
              service --only authorize-everysec --attach 120     for a profiler

            Rows:
            {string.Join('\n', Row.All.Select(row => $"  {row.Name,-20} {row.Text}"))}
              {ServiceOptions.InFlightName,-20} rates at 1 and 32 in flight, no goal
            """)
        { only, Quick, Windows, WindowSeconds, connections, attach, rate, Seed, Json, Markdown };
        command.SetAction((result, cancellation) => ServiceCommand.Run(
            Options(result) with
            {
                Only = result.GetValue(only) ?? [],
                Connections = result.GetValue(connections),
                AttachSeconds = result.GetValue(attach),
                AttachRate = result.GetValue(rate),
            },
            cancellation));
        return command;
    }

    private static Command SqlTable()
    {
        var command = new Command("sql", """
            The same authorisation as one PostgreSQL transaction, driven by pgbench with 32 clients: a prepared function that
            checks the caller ID, finds the longest prefix in the same deck, holds, and inserts the active call; with
            synchronous_commit on and off. Needs Debian's postgresql 15; the server is its own, in a temporary folder.
            """)
        { Quick, Windows, WindowSeconds, Seed, Json, Markdown };
        command.SetAction((result, cancellation) => SqlCommand.Run(Options(result), cancellation));
        return command;
    }

    private static Command PriceList()
    {
        Option<int> prefixes = new("--prefixes") { Description = "Of the synthetic deck, 1000 to 4000000.", DefaultValueFactory = _ => 1_000_000 };
        prefixes.Validators.Add(result => Check(
            result.GetValue(prefixes) is >= 1_000 and <= 4_000_000, result.AddError, "--prefixes is out of its range: expected 1000 to 4000000"));
        Option<bool> noService = new("--no-service") { Description = "Without the silo that imports it while calls are authorised." };
        Option<string> store = new("--store") { Description = "Of the silos: sqlite, or a redis-server that is started for it, with AOF everysec.", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong("sqlite", "redis");
        Option<int> silos = new("--silos") { Description = "On redis, 1 to 9; calls run through all of them.", DefaultValueFactory = _ => 3 };
        silos.Validators.Add(result => Check(result.GetValue(silos) is >= 1 and <= 9, result.AddError, "--silos is out of its range: expected 1 to 9"));
        var command = new Command("price-list", """
            A synthetic deck of a million prefixes: reading, storing and loading it, the lookup against that of a thousand
            prefixes, and what calls notice while a silo imports and activates it.
            """)
        { prefixes, noService, store, silos, Seed, Json };
        command.SetAction((result, _) => PriceListCommand.Run(new PriceListOptions(
            result.GetValue(prefixes), result.GetValue(Seed), !result.GetValue(noService),
            result.GetValue(store) == "redis", result.GetValue(store) == "redis" ? result.GetValue(silos) : 1, result.GetValue(Json))));
        return command;
    }

    // What the others start as a process of its own.
    private static Command EmptyServerCommand()
    {
        Argument<int> grpc = new("grpc-port");
        Argument<int> http = new("http-port");
        var command = new Command(EmptyServer.Command) { grpc, http };
        command.Hidden = true;
        command.SetAction((result, cancellation) => EmptyServer.Run(
            new ClassoundOptions { GrpcPort = result.GetValue(grpc), HttpPort = result.GetValue(http) }, cancellation));
        return command;
    }

    private static ServiceOptions Options(ParseResult result)
    {
        var options = new ServiceOptions
        {
            Windows = result.GetValue(Windows), Window = TimeSpan.FromSeconds(result.GetValue(WindowSeconds)), Seed = result.GetValue(Seed),
            Json = result.GetValue(Json), Markdown = result.GetValue(Markdown),
        };
        return result.GetValue(Quick) ? options.Quickly() : options;
    }

    private static void Check(bool holds, Action<string> error, string message)
    {
        if (!holds) error(message);
    }
}
