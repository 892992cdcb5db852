using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Classound.Cli.Connection;

namespace Classound.Cli.Commands;

/// <summary>The whole command line: what it offers, and what becomes of errors.</summary>
public static class CommandLine
{
    private const string DefaultServer = "http://127.0.0.1:5080";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliHost host, CancellationToken cancellation)
    {
        var parsed = Create(host).Parse(arguments);
        if (parsed.UnmatchedTokens.Count == 0 && parsed.CommandResult.Command.Subcommands.Count > 0
            && parsed.Action is null or ParseErrorAction)
        {
            await Create(host).Parse([.. arguments, "--help"]).InvokeAsync(ConfigurationOf(host), cancellation);
            return ExitCodes.Usage;
        }
        // With --help a command line may leave out what is required.
        if (parsed.Action is null or ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                await host.Errors.WriteLineAsync(error.Message);
            await host.Errors.WriteLineAsync($"Try: {PathOf(parsed.CommandResult.Command)} --help");
            return ExitCodes.Usage;
        }
        return await parsed.InvokeAsync(ConfigurationOf(host), cancellation);
    }

    public static RootCommand Create(CliHost host)
    {
        var server = new Option<string>("--server", "-s")
        {
            Description = "Where the service listens (gRPC); also by the environment variable CLASSOUND_SERVER",
            DefaultValueFactory = _ => host.Environment("CLASSOUND_SERVER") is { Length: > 0 } address ? address : DefaultServer,
            HelpName = "url",
            Recursive = true,
        };
        server.Validators.Add(static result =>
        {
            var address = result.GetValueOrDefault<string>();
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                result.AddError($"--server '{address}': expected an address such as {DefaultServer}.");
        });
        var authority = AuthorityOption(host);
        var json = new Option<bool>("--json")
        {
            Description = "Print the service's reply as JSON (64-bit numbers are strings)", Recursive = true,
        };
        var runner = new CommandRunner(host, server, authority, json);
        var root = new RootCommand("Provisions PBXs, asks prices, acts as a SIP edge, and replays CDR files against a Classound service.")
        {
            server, authority, json,
            PbxCommands.Create(runner), DidCommands.Create(runner), PriceListCommands.Create(runner), PlanCommands.Create(runner),
            QuoteCommand.Create(runner), CallCommands.Create(runner),
            TotalsCommand.Create(runner), TotalsCommand.CreateClose(runner), RatedCallsCommand.Create(runner), UnconfirmedCallsCommand.Create(runner),
            ReportCommands.Create(runner),
            ReplayCommandLine.Create(runner),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private static Option<string?> AuthorityOption(CliHost host)
    {
        var authority = new Option<string?>("--ca")
        {
            Description = "With https: file of the authorities' certificates (PEM) to trust instead of the machine's; also by CLASSOUND_CA",
            DefaultValueFactory = _ => host.Environment("CLASSOUND_CA") is { Length: > 0 } file ? file : null,
            HelpName = "file",
            Recursive = true,
        };
        authority.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } file && TrustedChannel.WhatIsWrongWith(file) is { } wrong)
                result.AddError($"--ca '{file}': {wrong}; expected certificates in PEM.");
        });
        return authority;
    }

    private static InvocationConfiguration ConfigurationOf(CliHost host) =>
        new() { Output = host.Out, Error = host.Errors, EnableDefaultExceptionHandler = false };

    private static string PathOf(Command command)
    {
        var parents = command.Parents.OfType<Command>().FirstOrDefault();
        return parents is null ? "classound" : $"{PathOf(parents)} {command.Name}";
    }
}
