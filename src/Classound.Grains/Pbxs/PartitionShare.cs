using Classound.Storage;
using Orleans.Runtime;

namespace Classound.Grains.Pbxs;

/// <summary>
/// Which partitions this silo sweeps: each goes to the active silo with the highest hash of both (rendezvous), so that a silo that comes
/// or goes moves only its own share. Silos may see different memberships for a while; what two of them sweep is swept twice.
/// </summary>
public sealed class PartitionShare(IClusterMembershipService membership, ILocalSiloDetails self)
{
    public IReadOnlyList<int> Of(int partitions)
    {
        var active = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress.ToParsableString());
        return Of(self.SiloAddress.ToParsableString(), [.. active], partitions);
    }

    /// <summary>A silo that does not see itself as active sweeps nothing: it starts, stops or was declared dead.</summary>
    public static IReadOnlyList<int> Of(string self, IReadOnlyCollection<string> active, int partitions) => active.Contains(self)
        ? [.. Enumerable.Range(0, partitions).Where(partition => Owner(partition, active) == self)]
        : [];

    private static string Owner(int partition, IReadOnlyCollection<string> active) =>
        active.MaxBy(silo => (Weight(partition, silo), silo))!;

    // FNV alone leaves what differs at the end of a text in the low bits; the mixing steps are those of MurmurHash3.
    private static ulong Weight(int partition, string silo)
    {
        unchecked
        {
            var hash = PbxPartition.Hash(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{silo}/{partition}"));
            hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
            hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
            return hash ^ (hash >> 33);
        }
    }
}
