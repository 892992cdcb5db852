using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>
/// The ledger's own connection, set so that a silent server is noticed in one to two seconds and nothing waits in a backlog:
/// a commit that is sent when its grain has given up would only fence the next activation.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    // Time-outs are looked at on the heartbeat only, so it has to be much shorter than they are.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Of every read: left to itself the client asks a replica while the primary is not connected, and what a replica has not got
    /// yet would pass for what was never stored.
    /// </summary>
    public const CommandFlags Primary = CommandFlags.DemandMaster;

    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;

    private readonly StrongBox<string> _refusal;

    private RedisLink(ConnectionMultiplexer connection, StrongBox<string> refusal)
    {
        (_connection, _refusal) = (connection, refusal);
        _database = connection.GetDatabase();
    }

    /// <summary>For what looks after the servers. Reads and writes of the ledger go through the methods below.</summary>
    public IConnectionMultiplexer Connection => _connection;

    /// <summary>Whether the servers that answer are nodes of a cluster.</summary>
    public bool IsCluster => _connection.GetServers().Any(server => server.IsConnected && server.ServerType == ServerType.Cluster);

    public static async Task<RedisLink> ConnectAsync(RedisStoreOptions options)
    {
        var timeout = (int)options.Timeout.TotalMilliseconds;
        var configuration = ConfigurationOptions.Parse(options.Configuration);
        configuration.Protocol = RedisProtocol.Resp2;
        configuration.AbortOnConnectFail = false;
        configuration.ConnectTimeout = configuration.AsyncTimeout = configuration.SyncTimeout = timeout;
        configuration.HeartbeatInterval = Heartbeat;
        configuration.ReconnectRetryPolicy = new LinearRetry((int)Heartbeat.TotalMilliseconds);
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        // The client guards CONFIG GET like the commands that change a server; we only read.
        configuration.AllowAdmin = true;
        configuration.ClientName ??= "classound-ledger";
        var refusal = new StrongBox<string>("");
        RedisTls.Configure(configuration, options.CaCertificate, why => refusal.Value = $"; its certificate is not trusted: {why}");
        return new RedisLink(await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false), refusal);
    }

    /// <exception cref="StoreUnavailableException">Not applied.</exception>
    /// <exception cref="StoreOutcomeUnknownException">May be applied.</exception>
    public Task<T> WriteAsync<T>(Func<IDatabase, Task<T>> write, CancellationToken ct) => RunAsync(write, RedisFailure.OfWrite, ct);

    /// <summary>Every command in it carries <see cref="Primary"/>.</summary>
    /// <exception cref="StoreUnavailableException">Could not be read.</exception>
    public Task<T> ReadAsync<T>(Func<IDatabase, Task<T>> read, CancellationToken ct) => RunAsync(read, RedisFailure.OfRead, ct);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> body, Func<Exception, Exception?> failure, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!_connection.IsConnected)
            throw new StoreUnavailableException($"Redis cannot be used: there is no connection{_refusal.Value}.");

        try
        {
            return await body(_database).ConfigureAwait(false);
        }
        catch (Exception error) when (failure(error) is { } known)
        {
            throw known;
        }
    }
}
