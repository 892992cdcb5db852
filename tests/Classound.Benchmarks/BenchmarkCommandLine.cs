using System.CommandLine;
using Classound.Benchmarks.Processes;
using Classound.Benchmarks.Service;
using Classound.Silo;

namespace Classound.Benchmarks;

/// <summary>What can be measured, and how it is asked for.</summary>
internal static class BenchmarkCommandLine
{
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed makes the same deck and the same calls.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Json = new("--json") { Description = "Write the figures to this file as well." };

    public static RootCommand Create() => new("""
        Classound.Benchmarks: figures of the product on this machine. Nothing is asserted.

        Run it on a machine that does nothing else, and read it as ratios within one run.
        """)
    {
        PriceList(), ServiceTable(), EmptyServerCommand(),
    };

    private static Command PriceList()
    {
        Option<int> prefixes = new("--prefixes") { Description = "Of the synthetic deck, 1000 to 4000000.", DefaultValueFactory = _ => 1_000_000 };
        Option<bool> noService = new("--no-service") { Description = "Without the silo that imports it while calls are authorised." };
        Option<string> store = new("--store") { Description = "Of the silos: sqlite, or a redis-server that is started for it, with AOF everysec.", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong("sqlite", "redis");
        Option<int> silos = new("--silos") { Description = "On redis, 1 to 9; calls run through all of them.", DefaultValueFactory = _ => 3 };
        silos.Validators.Add(result =>
        {
            if (result.GetValue(silos) is < 1 or > 9) result.AddError("--silos is out of its range: expected 1 to 9");
        });
        prefixes.Validators.Add(result =>
        {
            if (result.GetValue(prefixes) is < 1_000 or > 4_000_000) result.AddError("--prefixes is out of its range: expected 1000 to 4000000");
        });
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

    private static Command ServiceTable()
    {
        Option<string[]> only = new("--only") { Description = "Only these rows of the table, by name.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Row.All.Select(row => row.Name)]);
        Option<int> windows = new("--windows") { Description = "Windows of each contender.", DefaultValueFactory = _ => 5 };
        Option<double> seconds = new("--window-seconds") { Description = "Length of a window.", DefaultValueFactory = _ => 3 };
        Option<int> connections = new("--connections") { Description = "HTTP/2 connections of the load generator.", DefaultValueFactory = _ => 4 };
        Option<int> attach = new("--attach") { Description = "Measure nothing: keep the first row's contender under load for so many seconds, and say its process ids." };
        var command = new Command("service", """
            The suite as real processes on loopback, under a load generator, beside an empty gRPC method with the same
            Kestrel and runtime settings.

            Examples:
              service --only authorize-everysec --windows 3
              service --only authorize-everysec --attach 120      for a profiler
            """)
        { only, windows, seconds, connections, attach, Seed };
        command.SetAction((result, _) => ServiceCommand.Run(
            new ServiceOptions(
                result.GetValue(only) ?? [], result.GetValue(windows), result.GetValue(seconds), result.GetValue(connections), result.GetValue(Seed),
                result.GetValue(attach))));
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
}
