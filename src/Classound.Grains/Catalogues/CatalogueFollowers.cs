namespace Classound.Grains.Catalogues;

/// <summary>
/// Which silos follow the catalogue, and which announced contents they have loaded. In memory only: a new activation hears of
/// everybody within one poll.
/// </summary>
/// <param name="since">When the activation began.</param>
internal sealed class CatalogueFollowers(DateTimeOffset since)
{
    /// <summary>A silo that has not asked for so long is gone, or cut off: then it has no callers, or they get no answer.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>For so long a new activation does not know all who follow: three polls.</summary>
    public static readonly TimeSpan Introduction = TimeSpan.FromSeconds(1.5);

    /// <summary>Who announces says so again ten times a second; afterwards nobody loads it for his sake.</summary>
    public static readonly TimeSpan AnnouncedFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (FollowerReport Report, DateTimeOffset At)> _followers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _announced = new(StringComparer.Ordinal);

    /// <returns>Contents that are announced now.</returns>
    public IReadOnlyList<string> Hear(FollowerReport report, DateTimeOffset now)
    {
        _followers[report.Follower] = (report, now);
        foreach (var (content, at) in _announced.ToList())
            if (now - at > AnnouncedFor) _announced.Remove(content);
        return [.. _announced.Keys];
    }

    /// <returns>Who has not loaded all of these contents yet.</returns>
    public IReadOnlyList<string> Announce(IReadOnlyList<string> contents, DateTimeOffset now)
    {
        foreach (var content in contents) _announced[content] = now;
        foreach (var (name, follower) in _followers.ToList())
            if (now - follower.At > Silence) _followers.Remove(name);
        var behind = _followers.Values.Where(follower => !contents.All(follower.Report.Loaded.Contains)).Select(follower => follower.Report.Follower);
        return now - since < Introduction ? [.. behind, "silos that have not asked yet"] : [.. behind];
    }
}
