using Classound.Grains.Pbxs;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>Which silo sweeps which partition.</summary>
public sealed class PartitionShareTests
{
    private static readonly string[] Silos = ["10.0.0.1:11111@1", "10.0.0.2:11111@1", "10.0.0.3:11111@1"];

    [Fact]
    public void ActiveSilos_ShareAllPartitions_EachOnceAndAboutEqually()
    {
        var shares = Silos.Select(silo => PartitionShare.Of(silo, Silos, 256)).ToList();
        Assert.Equal(Enumerable.Range(0, 256), shares.SelectMany(share => share).Order());
        Assert.All(shares, share => Assert.InRange(share.Count, 50, 120));
    }

    [Fact]
    public void SiloThatGoes_LeavesItsPartitionsToTheOthers_WhichKeepTheirs()
    {
        foreach (var stays in Silos[..2])
            Assert.Subset(PartitionShare.Of(stays, Silos[..2], 256).ToHashSet(), PartitionShare.Of(stays, Silos, 256).ToHashSet());
        Assert.Equal(256, Silos[..2].Sum(silo => PartitionShare.Of(silo, Silos[..2], 256).Count));
    }

    [Fact]
    public void SiloAlone_HasAll_AndOneThatIsNotActiveNone()
    {
        Assert.Equal(256, PartitionShare.Of(Silos[0], Silos[..1], 256).Count);
        Assert.Empty(PartitionShare.Of(Silos[2], Silos[..2], 256));
    }
}
