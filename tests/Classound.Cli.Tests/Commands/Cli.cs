using Classound.Cli.Commands;
using Classound.Cli.Connection;
using Classound.Cli.Tests.Fakes;
using Google.Protobuf;
using Grpc.Core;

namespace Classound.Cli.Tests.Commands;

/// <summary>Runs the command line against a function that answers for the service.</summary>
internal sealed class Cli
{
    private readonly Func<IReadOnlyList<IMessage>, IMessage> _answer;
    private IReadOnlyList<IMessage> _replies = [];

    public Cli(Func<IReadOnlyList<IMessage>, IMessage> answer)
    {
        _answer = answer;
    }

    /// <summary>A service that answers every request with <paramref name="reply"/>.</summary>
    public static Cli Answering(IMessage reply) => new(_ => reply);

    /// <summary>A service that fails every request.</summary>
    public static Cli Failing(RpcException error) => new(_ => throw error);

    /// <summary>A service that answers every request with a stream of <paramref name="replies"/>.</summary>
    public static Cli Streaming(params IMessage[] replies) => new(static _ => throw new NotSupportedException()) { _replies = replies };

    public List<IMessage> Requests { get; } = [];

    public string Out { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public string Server { get; private set; } = "";

    public string? Authority { get; private set; }

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Arguments separated by blanks.</summary>
    public Task<int> RunAsync(string arguments, CancellationToken stopped = default) =>
        RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), stopped);

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken stopped = default)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var host = new CliHost(output, errors, Connect, name => Environment.GetValueOrDefault(name), new ImpatientClock());
        var code = await CommandLine.RunAsync(arguments, host, stopped);
        (Out, Errors) = (output.ToString(), errors.ToString());
        return code;
    }

    private FakeChannel Connect(string server, string? authority)
    {
        (Server, Authority) = (server, authority);
        return new FakeChannel(
            (_, requests) =>
            {
                Requests.AddRange(requests);
                return _answer(requests);
            },
            request =>
            {
                Requests.Add(request);
                return _replies;
            });
    }
}
