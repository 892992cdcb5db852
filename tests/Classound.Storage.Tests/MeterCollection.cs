namespace Classound.Storage.Tests;

/// <summary>The meter is one per process: tests that read it run when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeterCollection
{
    public const string Name = "meter";
}
