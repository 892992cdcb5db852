namespace Classound.Grains.Catalogues;

/// <summary>How a silo follows the catalogue.</summary>
public sealed class CatalogueRefreshOptions
{
    /// <summary>Pause between two questions for news: how long another silo's change may go unseen.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Pause before a version that could not be loaded is tried again.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an activation that is due waits for silos to load the version, before it takes place without them.</summary>
    public TimeSpan ActivationWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Pause before a due activation asks again who is behind.</summary>
    public TimeSpan PreparePause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Pause between two questions for new PBXs of other silos.</summary>
    public TimeSpan DirectoryInterval { get; set; } = TimeSpan.FromSeconds(5);
}
