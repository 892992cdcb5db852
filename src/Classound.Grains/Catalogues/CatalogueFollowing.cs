namespace Classound.Grains.Catalogues;

/// <summary>What a silo says when it asks for news.</summary>
/// <param name="Follower">Its name, another one after each start.</param>
/// <param name="Revision">The revision it has taken over; -1 = none yet.</param>
/// <param name="Loaded">Which of the contents that were announced to it last are in its memory.</param>
public sealed record FollowerReport(string Follower, long Revision, IReadOnlyList<string> Loaded);

/// <summary>What a silo is told.</summary>
/// <param name="Metadata">Null = its revision is the newest.</param>
/// <param name="Announced">Contents that are about to come into force: to be loaded at once, and then reported as loaded.</param>
public sealed record CatalogueNews(CatalogueMetadata? Metadata, IReadOnlyList<string> Announced);
