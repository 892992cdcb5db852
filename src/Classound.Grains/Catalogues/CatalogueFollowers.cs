namespace Classound.Grains.Catalogues;

/// <summary>
/// Which silos follow the catalogue, and which announced contents they have loaded. In memory only: a new activation hears of
/// everybody within one poll. Measured by the monotonic clock: a step of the wall clock drops nobody.
/// </summary>
internal sealed class CatalogueFollowers(TimeProvider clock)
{
    private readonly long _since = clock.GetTimestamp();
    private readonly Dictionary<string, (FollowerReport Report, long At)> _followers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _announced = new(StringComparer.Ordinal);

    // Somebody has followed an earlier activation: then others may have too, and are silent for a while.
    private bool _isSuccessor;

    /// <returns>Contents that are announced now.</returns>
    public IReadOnlyList<string> Hear(FollowerReport report)
    {
        if (!_followers.ContainsKey(report.Follower) && report.Revision >= 0) _isSuccessor = true;
        _followers[report.Follower] = (report, clock.GetTimestamp());
        foreach (var (content, at) in _announced.ToList())
            if (clock.GetElapsedTime(at) > FollowerTimes.AnnouncedFor) _announced.Remove(content);
        return [.. _announced.Keys];
    }

    /// <returns>Who has not loaded all of these contents yet.</returns>
    public IReadOnlyList<string> Announce(IReadOnlyList<string> contents)
    {
        foreach (var content in contents) _announced[content] = clock.GetTimestamp();
        foreach (var (name, follower) in _followers.ToList())
            if (clock.GetElapsedTime(follower.At) > FollowerTimes.Silence) _followers.Remove(name);
        var behind = _followers.Values.Where(follower => !contents.All(follower.Report.Loaded.Contains)).Select(follower => follower.Report.Follower);
        // Those of an earlier activation that stay silent refuse by themselves after this time.
        var unknown = _isSuccessor ? FollowerTimes.MaxAge : FollowerTimes.Introduction;
        return clock.GetElapsedTime(_since) < unknown ? [.. behind, "silos that have not asked yet"] : [.. behind];
    }
}
