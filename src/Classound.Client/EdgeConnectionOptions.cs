using Grpc.Net.Client;

namespace Classound.Client;

/// <summary>How an edge speaks to the silos.</summary>
public sealed class EdgeConnectionOptions
{
    /// <summary>Name of the edge, 1 to 64 bytes. Its requests need not repeat it.</summary>
    public required string EdgeId { get; init; }

    /// <summary>
    /// Requests in flight at once, 1 to 1,000; more wait for a place. The service works on 1,024 of one stream.
    /// </summary>
    public int MaxInFlight { get; init; } = EdgeConnection.MostInFlight;

    /// <summary>
    /// How many of them may be StartCall and EndCall: the others are left to decisions, so that an emergency call does not
    /// wait behind reports while a store is away.
    /// </summary>
    public int MaxReportsInFlight { get; init; } = 800;

    /// <summary>
    /// After this an AuthorizeCall or ExtendCall fails as DEADLINE_EXCEEDED, its wait for a place included. The service answers
    /// within 0.9 s where anything of it can answer.
    /// </summary>
    public TimeSpan DecisionTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The same for StartCall and EndCall, which the service answers within 10 s.</summary>
    public TimeSpan ReportTimeout { get; init; } = TimeSpan.FromSeconds(11);

    /// <summary>How long a silo that could not be reached, or that is about to stop, is not tried again.</summary>
    public TimeSpan AvoidFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Makes the connection to a silo, a new one for each stream: behind a load balancer only a new connection can reach
    /// another silo. For TLS and credentials; by default HTTP/2 without TLS, given up after 1 s without a connection.
    /// </summary>
    public Func<Uri, GrpcChannel> Connect { get; init; } = silo => GrpcChannel.ForAddress(silo, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(1),
            KeepAlivePingDelay = TimeSpan.FromSeconds(5),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
        },
        DisposeHttpClient = true,
    });

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
