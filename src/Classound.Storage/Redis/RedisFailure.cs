using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>What a failure of the client or an error of the server means for the caller of the store.</summary>
internal static class RedisFailure
{
    // A script with "#!lua" is refused with these before it begins (tests hold it for OOM, NOREPLICAS, READONLY and BUSY).
    private static readonly string[] Refusals =
    [
        "OOM", "READONLY", "MISCONF", "NOREPLICAS", "LOADING", "MASTERDOWN", "BUSY", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK",
        "NOAUTH", "NOPERM",
    ];

    /// <summary>A failed write. Null when it is a bug of ours, such as an error inside a script.</summary>
    public static Exception? OfWrite(Exception error) => error switch
    {
        RedisServerException server => OfServer(server),
        // Only what was certainly not written to a socket is definite. A command that timed out may still be sent.
        RedisConnectionException { CommandStatus: CommandStatus.WaitingToBeSent or CommandStatus.WaitingInBacklog }
            or ObjectDisposedException => Unavailable(error),
        RedisConnectionException or RedisTimeoutException =>
            new StoreOutcomeUnknownException($"Redis did not answer: {error.Message}", error),
        RedisCommandException => Unavailable(error),
        _ => null,
    };

    /// <summary>A failed read: whatever failed, nothing was changed.</summary>
    public static Exception? OfRead(Exception error) => error switch
    {
        RedisServerException server => OfServer(server),
        RedisException or RedisTimeoutException or ObjectDisposedException => Unavailable(error),
        _ => null,
    };

    private static StoreUnavailableException? OfServer(RedisServerException error)
    {
        var code = error.Message.AsSpan();
        var end = code.IndexOf(' ');
        var name = end < 0 ? error.Message : error.Message[..end];
        return Refusals.Contains(name, StringComparer.Ordinal) ? Unavailable(error) : null;
    }

    private static StoreUnavailableException Unavailable(Exception error) => new($"Redis cannot be used: {error.Message}", error);
}
