namespace Classound.Storage.Tests;

public sealed class PbxPartitionTests
{
    // The published test vectors of FNV-1a, 64 bits. Were they to fail, every installed store would look for its PBXs elsewhere.
    [Theory]
    [InlineData("", 0xcbf29ce484222325UL)]
    [InlineData("a", 0xaf63dc4c8601ec8cUL)]
    [InlineData("foobar", 0x85944171f73967e8UL)]
    public void Hash_IsFnv1a(string text, ulong expected) => Assert.Equal(expected, PbxPartition.Hash(text));

    [Fact]
    public void Partitions_AreUsedEvenly()
    {
        var counts = Enumerable.Range(0, 25_600).CountBy(i => PbxPartition.Of($"pbx-{i}", 256)).ToList();

        Assert.Equal(256, counts.Count);
        Assert.All(counts, c => Assert.InRange(c.Value, 50, 150));
    }
}
