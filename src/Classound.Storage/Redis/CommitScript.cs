namespace Classound.Storage.Redis;

/// <summary>The script that applies commits, several of different PBXs in one call.</summary>
/// <remarks>
/// Several, because a call costs more than a commit: reading it, waking both ends and, with <c>appendfsync always</c>, the sync. Each
/// commit stands for itself: its outcome is its own, and an error in one does not touch the others. Lua has no rollback, so within a
/// commit all that can fail comes before the first write; for <c>#!lua</c> see <see cref="RedisScripts"/>.
/// </remarks>
internal static class CommitScript
{
    /// <summary>A reply of this kind is an error of one commit, which was not applied; its text follows.</summary>
    public const int Error = 5;

    /// <summary>
    /// KEYS: the ledger of each commit; on a cluster all other keys behind them, by which it knows that no slot is on the move. ARGV:
    /// seconds to keep a settled month, number of commits, then of each commit:
    /// <list type="bullet">
    /// <item>how many arguments follow of it; expected version or '';</item>
    /// <item>how many texts follow to set in the ledger: '', next version, then name, value, ...;</item>
    /// <item>checks, counted: call id, number of months, those;</item>
    /// <item>leases, counted: call id, end or '';</item>
    /// <item>further changes, counted: HSET or HDEL, '' for the ledger or a month, number of texts, those;</item>
    /// <item>rated calls, counted: call id, usage month, billing month, data.</item>
    /// </list>
    /// The id of a lease or rated call is '' where it is that of the check with the same number, as it is for nearly all: ids are long.
    /// Returns for each commit: 1 = committed, with rated calls {1, last sequence of the feed before, after}; 2 = already committed;
    /// {3, stored version} = fenced; {4, the ids that are settled}; {5, what went wrong}.
    /// </summary>
    public const string Text = """
        #!lua
        local at = 2
        local function take() at = at + 1; return ARGV[at] end

        -- Lua cannot pass more than some 8,000 values to one call.
        local function write(command, hash, from, to)
          while from <= to do
            local last = math.min(from + 3999, to)
            redis.call(command, hash, unpack(ARGV, from, last))
            from = last + 1
          end
        end

        local function commit(ledger)
          local expected, count = take(), tonumber(take())
          local first, last = at + 1, at + count
          local following = ARGV[first + 1]
          at = last
          local stored = redis.call('HGET', ledger, '') or ''
          if stored == following then return 2 end
          if stored ~= expected then return {3, stored} end

          local _, brace = string.find(ledger, '}:', 1, true)
          local prefix, pbx = string.sub(ledger, 1, brace), string.sub(ledger, brace + 5)
          local settled, checked = {4}, {}
          for i = 1, tonumber(take()) do
            local id, found = take(), false
            checked[i] = id
            for j = 1, tonumber(take()) do
              if redis.call('HEXISTS', prefix .. 'settled:' .. pbx .. ':' .. take(), id) == 1 then found = true end
            end
            if found then settled[#settled + 1] = id end
          end
          if #settled > 1 then return settled end

          local leases = {}
          for i = 1, tonumber(take()) do
            local id, ends = take(), take()
            leases[i] = {id == '' and checked[i] or id, ends}
          end

          -- A key of another type would stop a write in the middle; these questions stop the commit here.
          local feed, changes = prefix .. 'feed', {}
          for i = 1, tonumber(take()) do
            local command, section, texts = take(), take(), tonumber(take())
            local hash = section == '' and ledger or prefix .. 'month:' .. pbx .. ':' .. section
            redis.call('HLEN', hash)
            changes[i] = {command, hash, at + 1, at + texts}
            at = at + texts
          end
          local rated, before = {}, 0
          for i = 1, tonumber(take()) do
            local id, usage, billing, data = take(), take(), take(), take()
            if id == '' then id = checked[i] end
            local index, billed = prefix .. 'settled:' .. pbx .. ':' .. usage, prefix .. 'billed:' .. pbx .. ':' .. billing
            redis.call('HLEN', index)
            redis.call('XLEN', billed)
            rated[i] = {index, billed, id, usage, billing, data}
          end
          if #rated > 0 then
            local tail = redis.call('XREVRANGE', feed, '+', '-', 'COUNT', 1)[1]
            before = tail and tonumber(string.match(tail[1], '^%d+')) or 0
          end

          -- The leases first: their key is the one that nothing above has asked for.
          for _, lease in ipairs(leases) do
            local id, ends = lease[1], lease[2]
            if ends == '' then redis.call('ZREM', prefix .. 'leases', pbx .. '/' .. id)
            else redis.call('ZADD', prefix .. 'leases', ends, pbx .. '/' .. id) end
          end
          write('HSET', ledger, first, last)
          for _, change in ipairs(changes) do write(unpack(change)) end
          local touched = {}
          for i, call in ipairs(rated) do
            local index, billed, id, usage, billing, data = unpack(call)
            local number = string.format('%.0f', before + i)
            redis.call('XADD', feed, number .. '-0', 'p', pbx, 'c', id, 'u', usage, 'b', billing, 'd', data)
            redis.call('XADD', billed, number .. '-0', 'c', '')
            redis.call('HSET', index, id, number)
            touched[index] = true
          end
          for index in pairs(touched) do redis.call('EXPIRE', index, ARGV[1]) end
          return #rated > 0 and {1, before, before + #rated} or 1
        end

        local replies = {}
        for i = 1, tonumber(ARGV[2]) do
          local stop = tonumber(take())
          stop = at + stop
          local done, reply = pcall(commit, KEYS[i])
          if not done then reply = {5, type(reply) == 'table' and reply.err or tostring(reply)} end
          replies[i] = reply
          at = stop
        end
        return replies
        """;
}
