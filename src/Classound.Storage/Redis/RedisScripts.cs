namespace Classound.Storage.Redis;

/// <summary>
/// The scripts. Each runs alone on the server, but Lua has no rollback: all that can fail comes before the first write.
/// </summary>
/// <remarks>
/// The line <c>#!lua</c> makes a server that may not write (memory full, replica, disk error, too few replicas) refuse the script
/// before it begins, instead of at some command in the middle.
/// </remarks>
internal static class RedisScripts
{
    /// <summary>The newest rated call of a call id. KEYS: feed, settled hashes. ARGV: call id. An entry, or nothing.</summary>
    public const string FindSettled = """
        #!lua flags=no-writes
        local newest = 0
        for i = 2, #KEYS do
          local number = redis.call('HGET', KEYS[i], ARGV[1])
          if number then newest = math.max(newest, tonumber(number)) end
        end
        local id = string.format('%.0f-0', newest)
        return redis.call('XRANGE', KEYS[1], id, id)
        """;

    /// <summary>A page of a month's rated calls. KEYS: feed, billed stream. ARGV: first sequence, most entries.</summary>
    public const string ListRatedCalls = """
        #!lua flags=no-writes
        local page = redis.call('XRANGE', KEYS[2], ARGV[1] .. '-0', '+', 'COUNT', ARGV[2])
        for i, entry in ipairs(page) do
          page[i] = redis.call('XRANGE', KEYS[1], entry[1], entry[1])[1]
          if not page[i] then return redis.error_reply('ERR the feed has lost entry ' .. entry[1]) end
        end
        return page
        """;

    /// <summary>The same from the newest on. KEYS: feed, billed stream. ARGV: last id of the stream ("+" = its newest), most entries.</summary>
    public const string ListNewestRatedCalls = """
        #!lua flags=no-writes
        local page = redis.call('XREVRANGE', KEYS[2], ARGV[1], '-', 'COUNT', ARGV[2])
        for i, entry in ipairs(page) do
          page[i] = redis.call('XRANGE', KEYS[1], entry[1], entry[1])[1]
          if not page[i] then return redis.error_reply('ERR the feed has lost entry ' .. entry[1]) end
        end
        return page
        """;

    /// <summary>
    /// Appends to a PBX's log. KEYS: times, entries. ARGV: the time up to which entries are too old, most calls kept, seconds to
    /// keep the keys, then call id, time, data of each. Old entries go a thousand at a time: the next append takes up the rest.
    /// </summary>
    public const string AppendLog = """
        #!lua
        redis.call('ZCARD', KEYS[1])
        redis.call('HLEN', KEYS[2])
        for i = 4, #ARGV, 3 do
          local known = redis.call('ZSCORE', KEYS[1], ARGV[i])
          if not known or tonumber(known) <= tonumber(ARGV[i + 1]) then
            redis.call('ZADD', KEYS[1], ARGV[i + 1], ARGV[i])
            redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 2])
          end
        end
        local function remove(calls)
          if #calls == 0 then return end
          redis.call('ZREM', KEYS[1], unpack(calls))
          redis.call('HDEL', KEYS[2], unpack(calls))
        end
        remove(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1000))
        local excess = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[2])
        if excess > 0 then remove(redis.call('ZRANGE', KEYS[1], 0, math.min(excess, 1000) - 1)) end
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        redis.call('EXPIRE', KEYS[2], ARGV[3])
        return 1
        """;

    /// <summary>A log entry. KEYS: times, entries. ARGV: call id. Time and data, or nothing.</summary>
    public const string FindLog = """
        #!lua flags=no-writes
        local time = redis.call('ZSCORE', KEYS[1], ARGV[1])
        return time and {time, redis.call('HGET', KEYS[2], ARGV[1])} or {}
        """;

    /// <summary>Installs an empty store. KEYS: meta. ARGV: schema version, partitions. Returns what is installed.</summary>
    public const string Install = """
        #!lua
        if redis.call('EXISTS', KEYS[1]) == 0 then
          redis.call('HSET', KEYS[1], 'schema_version', ARGV[1], 'partitions', ARGV[2])
        end
        return redis.call('HMGET', KEYS[1], 'schema_version', 'partitions')
        """;
}
