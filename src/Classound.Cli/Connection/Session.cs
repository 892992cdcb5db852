using Classound.Cli.Output;
using Grpc.Core;

namespace Classound.Cli.Connection;

/// <summary>One run of one command: the channel to the service and the place to write.</summary>
public sealed record Session(ChannelBase Channel, CliOutput Output, TimeProvider Clock, CancellationToken Cancellation)
{
    /// <summary>Commands for people give up after this; the service itself answers within a second or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public CallOptions Options => new(deadline: Clock.GetUtcNow().UtcDateTime + Patience, cancellationToken: Cancellation);
}
