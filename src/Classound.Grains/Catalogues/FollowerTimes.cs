namespace Classound.Grains.Catalogues;

/// <summary>
/// How long a silo may be out of touch with the catalogue grain. They belong together: who has been dropped as a follower must have
/// stopped pricing calls by itself before, for it may not know what has come into force since.
/// </summary>
public static class FollowerTimes
{
    /// <summary>
    /// A silo whose last answered poll began longer ago prices no call (UNAVAILABLE). Long enough for the grain to move after its silo
    /// was killed (2.4 to 8 s were measured); shorter than <see cref="Silence"/>, which the grain counts from a later moment of the same poll.
    /// </summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A silo that has not asked for so long is gone, cut off, or frozen, and an activation does not wait for it any more: thawed, it
    /// refuses until it has asked. Shorter than <see cref="CatalogueRefreshOptions.ActivationWait"/>.
    /// </summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>For so long a new activation of the grain does not know all who follow: three polls.</summary>
    public static readonly TimeSpan Introduction = TimeSpan.FromSeconds(1.5);

    /// <summary>Who announces says so again ten times a second; afterwards nobody loads it for his sake.</summary>
    public static readonly TimeSpan AnnouncedFor = TimeSpan.FromMinutes(1);
}
