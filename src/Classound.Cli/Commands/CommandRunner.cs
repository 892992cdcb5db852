using System.CommandLine;
using Classound.Cli.Cdr;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Cli.Replay;
using Grpc.Core;

namespace Classound.Cli.Commands;

/// <summary>Gives commands their session and turns what they throw into a message and an exit code.</summary>
public sealed class CommandRunner
{
    private readonly CliHost _host;
    private readonly Option<string> _server;
    private readonly Option<string?> _authority;
    private readonly Option<bool> _json;

    public CommandRunner(CliHost host, Option<string> server, Option<string?> authority, Option<bool> json)
    {
        _host = host;
        _server = server;
        _authority = authority;
        _json = json;
    }

    /// <summary>Makes <paramref name="command"/> run <paramref name="run"/>.</summary>
    public void Let(Command command, Func<ParseResult, Session, Task<int>> run) =>
        command.SetAction((parsed, cancellation) => RunAsync(parsed, run, cancellation));

    /// <summary>The same for a command that has no other result than success.</summary>
    public void Let(Command command, Func<ParseResult, Session, Task> run) => Let(command, async (parsed, session) =>
    {
        await run(parsed, session);
        return ExitCodes.Ok;
    });

    private async Task<int> RunAsync(ParseResult parsed, Func<ParseResult, Session, Task<int>> run, CancellationToken cancellation)
    {
        var server = parsed.GetValue(_server)!;
        var channel = _host.Connect(server, parsed.GetValue(_authority));
        try
        {
            var output = new CliOutput(CliOutput.ConsoleOn(_host.Out), _host.Errors, parsed.GetValue(_json));
            return await run(parsed, new Session(channel, output, _host.Clock, cancellation));
        }
        catch (Exception error) when (cancellation.IsCancellationRequested
            && error is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            await _host.Errors.WriteLineAsync("Stopped before the service had answered. Repeating the command is safe, and tells what became of it.");
            return ExitCodes.Failed;
        }
        catch (RpcException error)
        {
            return ServerErrors.Report(error, server, _host.Errors);
        }
        catch (UsageException error)
        {
            await _host.Errors.WriteLineAsync(error.Message);
            return ExitCodes.Usage;
        }
        catch (Exception error) when (error is CdrFormatException or ReplayRefusedException or IOException or UnauthorizedAccessException)
        {
            await _host.Errors.WriteLineAsync(error.Message);
            return ExitCodes.Failed;
        }
        finally
        {
            (channel as IDisposable)?.Dispose();
        }
    }
}
