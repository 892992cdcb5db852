namespace Classound.Grains.Tests.Pbxs;

/// <summary>Tests that read what the alarm of data loss said last, which is one for the whole process: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class AlarmCollection
{
    public const string Name = "data loss alarm";
}
