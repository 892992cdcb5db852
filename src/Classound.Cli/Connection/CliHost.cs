using Grpc.Core;

namespace Classound.Cli.Connection;

/// <summary>What the command takes from its surroundings, so that tests can give it others.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Errors">Standard error.</param>
/// <param name="Connect">Opens a channel to an address; over TLS by the certificates in a file, where one is named.</param>
/// <param name="Environment">Reads an environment variable.</param>
/// <param name="Clock">For waiting between attempts.</param>
public sealed record CliHost(
    TextWriter Out, TextWriter Errors, Func<string, string?, ChannelBase> Connect, Func<string, string?> Environment, TimeProvider Clock)
{
    public static CliHost OfProcess() => new(
        Console.Out, Console.Error, TrustedChannel.Open, System.Environment.GetEnvironmentVariable,
        TimeProvider.System);
}
