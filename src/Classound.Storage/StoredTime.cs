namespace Classound.Storage;

/// <summary>Times as both stores keep them: whole milliseconds since 1970, UTC.</summary>
internal static class StoredTime
{
    /// <summary>Milliseconds, rounded up, so that what ends at a stored time never ends early.</summary>
    public static long RoundedUp(DateTimeOffset time)
    {
        var down = time.ToUnixTimeMilliseconds();
        return time > DateTimeOffset.FromUnixTimeMilliseconds(down) ? down + 1 : down;
    }

    public static DateTimeOffset FromMilliseconds(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
