using Classound.Grains.Catalogues;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Dids;
using Classound.Grains.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;

namespace Classound.Grains.Tests.Persistence;

/// <summary>What the slow-moving grains have stored, any later release must read.</summary>
public sealed class GrainStateSerializerTests
{
    // Not a whole second, nor a whole millisecond: ticks count.
    private static readonly DateTimeOffset At = new(639_150_522_723_456_789, TimeSpan.Zero);

    private static readonly DidState Did = new() { Phase = DidPhase.Claiming, PbxId = "acme", OperationId = "op-1", OperationAt = At };

    private static readonly DidOperationsState Operations = new()
    {
        Operations = [new DidOperation { Id = "op-1", Digits = 390612345678, BegunAt = At }, new DidOperation { Id = "op-2" }],
    };

    private static readonly PbxDirectoryState Directory = new() { Revision = 7, Countries = { ["acme"] = "IT" } };

    private static readonly CatalogueState Catalogue = new()
    {
        Revision = 3,
        PriceLists =
        [
            new PriceListRecord
            {
                Type = "END_USER", Number = 2, Currency = "EUR", TimeZoneId = "Europe/Rome", Decimals = 4, AllowOtherIncrements = true,
                ContentSha256 = "ab", Prefixes = 9, ImportedAt = At, RequestedEffectiveAt = At.AddTicks(1), EffectiveAt = At.AddDays(1),
            },
            new PriceListRecord { Type = "DRAFT", Number = 1 },
        ],
        Plans = [PlanRecord.Of(Samples.Plan, At)],
        PlanSheets = [new PlanSheetRecord { ContentSha256 = "ab", Plans = [PlanRecord.Of(Samples.Offer)] }],
    };

    private readonly GrainStateSerializer _serializer;
    private readonly JsonGrainStorageSerializer _json;

    public GrainStateSerializerTests()
    {
        var services = new ServiceCollection();
        services.AddSerializer();
        services.AddLogging();
        services.AddSingleton<OrleansJsonSerializer>();
        services.AddOptions<OrleansJsonSerializerOptions>();
        _json = ActivatorUtilities.CreateInstance<JsonGrainStorageSerializer>(services.BuildServiceProvider());
        _serializer = new GrainStateSerializer(_json);
    }

    [Theory]
    [InlineData(nameof(Did), "010801120461636D651A046F702D312095AEBFC7B980AEEF08")]
    [InlineData(nameof(Operations), "010A170A046F702D3110CEC6BD92AF0B1895AEBFC7B980AEEF080A060A046F702D32")]
    [InlineData(nameof(Directory), "010807120A0A0461636D6512024954")]
    [InlineData(nameof(Catalogue),
        "01080312460A08454E445F5553455210021A03455552220B4575726F70652F526F6D65280430013A02616240094895AEBFC7B980AEEF085096AEBFC7" +
        "B980AEEF085895AEE69ACC99AEEF0812090A05445241465410011A4D0A11434C4153534F554E442D464C41542D316D120A323032312D30392D303118" +
        "0120B817280232034555523A080805108086D8F0243A0C08FFFFFFFF071080F2EC93214095AEBFC7B980AEEF08" +
        "22380A02616212320A11434C4153534F554E442D464C41542D3179180220B81728013A080805108086D8F0243A0C08FFFFFFFF071080F2EC9321")]
    public void StoredState_HasTheBytesItAlwaysHad_AndIsReadBackFromThem(string state, string golden)
    {
        var written = Convert.ToHexString(Written(state).ToArray());
        Assert.True(golden == written, $"{state} is written as {written}");
        Assert.Equal(written, Convert.ToHexString(Rewritten(state, BinaryData.FromBytes(Convert.FromHexString(written))).ToArray()));
    }

    [Fact]
    public void State_IsReadAsItWasWritten()
    {
        Assert.Equal(Did, _serializer.Deserialize<DidState>(_serializer.Serialize(Did)));
        Assert.Equal(Operations.Operations, _serializer.Deserialize<DidOperationsState>(_serializer.Serialize(Operations)).Operations);
        var directory = _serializer.Deserialize<PbxDirectoryState>(_serializer.Serialize(Directory));
        Assert.Equal((7, "IT"), (directory.Revision, directory.Countries["acme"]));
        var catalogue = _serializer.Deserialize<CatalogueState>(_serializer.Serialize(Catalogue));
        Assert.Equal(3, catalogue.Revision);
        Assert.Equal(Catalogue.PriceLists, catalogue.PriceLists);
        Assert.Equal(Samples.Plan, Assert.Single(catalogue.Plans).ToPlan());
        var sheet = Assert.Single(catalogue.PlanSheets);
        Assert.Equal(("ab", Samples.Offer), (sheet.ContentSha256, Assert.Single(sheet.Plans).ToOffer()));
        Assert.Equal(At, catalogue.Plans[0].CreatedAt);
    }

    [Fact]
    public void StateOfTheJsonFormBefore_IsStillRead_AndRewrittenInThisOne()
    {
        var old = _json.Serialize(Catalogue);
        Assert.StartsWith("{", old.ToString(), StringComparison.Ordinal);
        var read = _serializer.Deserialize<CatalogueState>(old);
        Assert.Equal(Catalogue.PriceLists, read.PriceLists);
        Assert.Equal(_serializer.Serialize(Catalogue).ToArray(), _serializer.Serialize(read).ToArray());
    }

    [Fact]
    public void FieldOfALaterRelease_IsPassedOver()
    {
        var later = _serializer.Serialize(Did).ToArray().Concat(new byte[] { 0xA2, 0x06, 0x01, 0x7A }).ToArray(); // field 100

        Assert.Equal(Did, _serializer.Deserialize<DidState>(BinaryData.FromBytes(later)));
    }

    [Theory]
    [InlineData(new byte[] { 2, 8, 1 }, "format 2; this release reads up to 1")]
    [InlineData(new byte[] { 0 }, "format 0")]
    [InlineData(new byte[0], "is empty")]
    public void FormatOfALaterRelease_IsRefused_AndNamed(byte[] stored, string reason)
    {
        var refused = Assert.Throws<InvalidDataException>(() => _serializer.Deserialize<DidState>(BinaryData.FromBytes(stored)));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StateWithoutAStoredForm_IsRefused() =>
        Assert.Contains("String", Assert.Throws<NotSupportedException>(() => _serializer.Serialize("x")).Message, StringComparison.Ordinal);

    private BinaryData Written(string state) => state switch
    {
        nameof(Did) => _serializer.Serialize(Did),
        nameof(Operations) => _serializer.Serialize(Operations),
        nameof(Directory) => _serializer.Serialize(Directory),
        _ => _serializer.Serialize(Catalogue),
    };

    private BinaryData Rewritten(string state, BinaryData stored) => state switch
    {
        nameof(Did) => _serializer.Serialize(_serializer.Deserialize<DidState>(stored)),
        nameof(Operations) => _serializer.Serialize(_serializer.Deserialize<DidOperationsState>(stored)),
        nameof(Directory) => _serializer.Serialize(_serializer.Deserialize<PbxDirectoryState>(stored)),
        _ => _serializer.Serialize(_serializer.Deserialize<CatalogueState>(stored)),
    };
}
