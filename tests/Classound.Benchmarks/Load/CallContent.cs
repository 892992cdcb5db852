using System.Globalization;

namespace Classound.Benchmarks.Load;

/// <summary>
/// The calls that are asked for, the same for every contender: PBX n of a set, its first DID as caller ID, and a subscriber number under
/// one of ten country codes, so that the longest prefix is one of the deck's long ones as often as in real traffic.
/// </summary>
internal static class CallContent
{
    public const int DidsPerPbx = 10;

    private const ulong FirstDid = 390_200_000_000;
    private const ulong SubscriberNumbers = 10_000_000_000;

    /// <summary>Country codes of the synthetic deck.</summary>
    public static readonly ulong[] CountryCodes = [1, 44, 49, 33, 39, 34, 31, 46, 52, 55];

    public static string PbxId(int pbx) => string.Create(CultureInfo.InvariantCulture, $"customer-{pbx:D6}");

    /// <summary>A DID of a PBX, digits without "+"; the first one is what it shows.</summary>
    public static ulong Did(int pbx, int number = 0) => FirstDid + (ulong)pbx * DidsPerPbx + (ulong)number;

    public static string Caller(int pbx) => string.Create(CultureInfo.InvariantCulture, $"+{Did(pbx)}");

    public static string Called(Random random) => string.Create(
        CultureInfo.InvariantCulture,
        $"+{CountryCodes[random.Next(CountryCodes.Length)] * SubscriberNumbers + (ulong)random.NextInt64((long)SubscriberNumbers)}");

    /// <summary>36 characters, as long as the UUIDs that soft switches give their calls.</summary>
    public static string CallId(int run, int worker, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{run:x8}-0000-4000-{worker:x4}-{number:x12}");
}
