using System.Globalization;
using System.Text;
using Classound.Charging.Rating;
using Classound.PriceLists.Stored;
using CsCheck;

namespace Classound.PriceLists.Tests.Stored;

public sealed class PriceListStoreTests
{
    private const string Golden =
        "8943504C01030000010080ECB80B3C3C0080C2D72F1E0200023C1E1EFEFFFFFFFFFFFFFFFF010706000000010080B489133C"
        + "01021FE003B80806010080E892263C016000A00B00020080DAC4093C018407003C010D4575726F70652F4265726C696E0201"
        + "00060105024954054974616C790C4974616C79206D6F62696C650009536174656C6C697465030001010002110203041E0103"
        + "02270021030104F044020107464C41542D316D0101B817020580B69AB74AFFFFFFFF071001024954066D6F62696C650A0B01"
        + "02555302040608";

    private static readonly byte[] Small = PriceListStore.Write(StoredSamples.Small());

    [Fact]
    public void AnyContent_ComesBack_InTheOrderOfItsKeys() =>
        StoredSamples.Any.Sample(
            content =>
            {
                var again = PriceListStore.Read(PriceListStore.Write(content));
                Assert.Equal(content.AreaTariffs.OrderBy(row => row.Key), again.AreaTariffs);
                Assert.Equal(content.Entries.OrderBy(entry => entry.Prefix, StringComparer.Ordinal), again.Entries);
                Assert.Equal(content.Plans.OrderBy(plan => plan.Code, StringComparer.Ordinal), again.Plans);
                Assert.Equal(content.DidFees.OrderBy(fee => (fee.Country, fee.Kind)), again.DidFees);
                Assert.Equal(content.FreePhoneFees.OrderBy(fee => fee.Country, StringComparer.Ordinal), again.FreePhoneFees);
            },
            iter: 2_000);

    [Fact]
    public void SameContentInAnyOrder_IsTheSameBytes() =>
        Gen.Select(StoredSamples.Any, Gen.Int).Sample(
            (content, seed) => PriceListStore.Write(content).AsSpan().SequenceEqual(PriceListStore.Write(StoredSamples.Shuffle(content, seed))),
            iter: 1_000);

    [Fact]
    public void OtherContent_IsOtherBytes()
    {
        var content = StoredSamples.Small();
        PriceListContent[] others =
        [
            content with { AreaTariffs = new Dictionary<CallArea, Tariff> { [CallArea.Area1] = content.AreaTariffs[CallArea.Area1] } },
            content with { Entries = [.. content.Entries.Skip(1)] },
            content with { Entries = [content.Entries[0] with { HighCost = true }, .. content.Entries.Skip(1)] },
            content with { Plans = [content.Plans[0] with { MinutesPerUser = 1000 }] },
            content with { DidFees = [] },
            content with { FreePhoneFees = [content.FreePhoneFees[0] with { Payphone = Amount.Zero }] },
        ];
        Assert.Equal(others.Length + 1, others.Append(content).Select(c => Convert.ToHexString(PriceListStore.Write(c))).Distinct().Count());
    }

    /// <summary>The hash of these bytes names versions that calls are pinned to: another form needs another format number.</summary>
    [Fact]
    public void Form_IsWhatItWas() => Assert.Equal(Golden, Convert.ToHexString(Small));

    [Fact]
    public void StoredForm_StaysReadable() =>
        Assert.Equal(StoredSamples.Small().Entries, PriceListStore.Read(Convert.FromHexString(Golden)).Entries);

    [Fact]
    public void EveryTruncation_IsRefused()
    {
        for (var length = 0; length < Small.Length; length++)
            Assert.Throws<InvalidDataException>(() => PriceListStore.Read(Small[..length]));
    }

    [Fact]
    public void TrailingBytes_AreRefused() =>
        Assert.Contains("after its end", Refusal([.. Small, 0]), StringComparison.Ordinal);

    [Fact]
    public void AnyDamage_EndsInContentOrARefusal() =>
        Gen.Select(StoredSamples.Any, Gen.Select(Gen.UInt, Gen.Byte).Array[1, 4]).Sample(
            (content, hits) =>
            {
                var bytes = PriceListStore.Write(content);
                foreach (var (at, value) in hits) bytes[at % bytes.Length] = value;
                ReadOrRefuse(bytes);
            },
            iter: 20_000);

    [Fact]
    public void RandomBytesBehindTheHeader_EndInContentOrARefusal() =>
        Gen.Byte.Array[0, 200].Sample(bytes => ReadOrRefuse([.. Small[..5], .. bytes]), iter: 20_000);

    [Fact]
    public void HugeCount_TakesNoMemory()
    {
        byte[] bytes = [.. Small[..5], 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]; // No tariffs, areas, texts, rows; 2^31 - 1 prefixes.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("2147483647", Refusal(bytes), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void LaterFormat_IsRefusedByNumber()
    {
        byte[] bytes = [.. Small];
        bytes[4] = 2;
        Assert.Equal("the stored price list is of format 2, and this release reads 1: a later release stored it", Refusal(bytes));
    }

    [Fact]
    public void FileOfAnEarlierRelease_IsRead()
    {
        var file = Encoding.UTF8.GetBytes(PriceListText.Header + PriceListText.Area1 + "area,,,,2,,60,2000000/60+60,\n" + PriceListText.Italy);
        Assert.Equal("39", Assert.Single(PriceListStore.Read(file).Entries).Prefix);
        Assert.Equal(2, PriceListStore.Read([0xEF, 0xBB, 0xBF, .. file]).AreaTariffs.Count);
        Assert.Contains("line 1", Refusal("no price list\n"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void EqualTerms_AreOneObject()
    {
        var entries = Enumerable.Range(1, 9).Select(i => new PriceListEntry(
            i.ToString(CultureInfo.InvariantCulture), new string(['I', 'T']), new string(['x']), CallArea.Area1,
            Tariff.Create(Amount.Zero, 0, [new(0, new Amount(1), 60, 1)]), false));
        var read = PriceListStore.Read(PriceListStore.Write(new PriceListContent(new Dictionary<CallArea, Tariff>(), [.. entries]))).Entries;
        Assert.Equal(9, read.Count);
        Assert.All(read, entry => Assert.Same(read[0].Terms, entry.Terms));
    }

    [Fact]
    public void SameRowTwice_IsNotWritten()
    {
        var content = StoredSamples.Small();
        Assert.Contains("39", WriteRefusal(content with { Entries = [.. content.Entries, content.Entries[0]] }), StringComparison.Ordinal);
        Assert.Contains("FLAT-1m", WriteRefusal(content with { Plans = [.. content.Plans, content.Plans[0]] }), StringComparison.Ordinal);
        Assert.Contains("no prefix", WriteRefusal(content with { Entries = [content.Entries[0], default] }), StringComparison.Ordinal);
    }

    private static string WriteRefusal(PriceListContent content) =>
        Assert.ThrowsAny<ArgumentException>(() => PriceListStore.Write(content)).Message;

    private static string Refusal(byte[] bytes) => Assert.Throws<InvalidDataException>(() => PriceListStore.Read(bytes)).Message;

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            PriceListStore.Read(bytes);
        }
        catch (InvalidDataException)
        {
            // The only way in which it may fail.
        }
    }
}
