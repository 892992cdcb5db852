using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Classound.Cli.Commands;

/// <summary>A command that teaches by examples, which its --help shows below the options.</summary>
internal sealed class CliCommand : Command
{
    public CliCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Text below the examples: rules that are too long for an option's description.</summary>
    public string Notes { get; set; } = "";
}

/// <summary>The usual help, then the command's examples and notes.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const string FirstSteps = """
        First steps, against a service started with --demo:
          classound price-list list
          classound pbx get acme-milan
          classound quote +41441234567 --pbx acme-milan --seconds 600
          classound call authorize acme-milan my-call-1 --caller +390212345678 --called +41441234567 --can-extend
          classound call explain acme-milan my-call-1
          classound replay my-cdrs.csv --pbx office-1 --country US --time-zone America/Detroit --main-number +12484364787 \
              --provision --plan CLASSOUND-FLAT-1m --price-list END_USER
        Every command shows examples with --help.
        Exit codes: 0 done, 1 refused or denied, 2 wrong command line, 3 service unreachable.
        """;

    private readonly HelpAction _usual;

    public HelpWithExamples(HelpAction usual)
    {
        _usual = usual;
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = _usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is not CliCommand command)
        {
            output.WriteLine(FirstSteps);
            return code;
        }
        if (command.Examples.Count > 0)
            output.WriteLine("Examples:");
        foreach (var example in command.Examples)
            output.WriteLine($"  {example}");
        if (command.Examples.Count > 0)
            output.WriteLine();
        if (command.Notes.Length > 0)
            output.WriteLine(command.Notes.ReplaceLineEndings(Environment.NewLine));
        return code;
    }
}
