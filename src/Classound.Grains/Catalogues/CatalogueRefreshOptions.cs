namespace Classound.Grains.Catalogues;

/// <summary>How a silo follows the catalogue.</summary>
public sealed class CatalogueRefreshOptions
{
    /// <summary>Pause between two questions for a new revision: how long another silo's change may go unseen.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Pause before a version that could not be loaded is tried again.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause between two questions for new PBXs of other silos.</summary>
    public TimeSpan DirectoryInterval { get; set; } = TimeSpan.FromSeconds(5);
}
