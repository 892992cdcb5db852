using System.Runtime.CompilerServices;
using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Dids;
using Classound.Grains.Pbxs;
using Classound.Grains.Tests.Pbxs;
using Classound.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;

namespace Classound.Grains.Tests.Silos;

/// <summary>Whatever a silo asks a grain on another one, and whatever it is answered, crosses between the two unharmed.</summary>
public sealed class CrossingTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static readonly Type[] Interfaces =
        [.. typeof(IPbxGrain).Assembly.GetTypes().Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))];

    private static readonly object[] Arguments =
    [
        "x", 1, 1L, 39061234567UL, true, DateTimeOffset.UnixEpoch, Samples.London, Samples.Settings, new UserLicences(1, 2, 3, 4),
        new Did(Samples.London, DidKind.External, true), new PbxUpdate { Name = "y" }, Samples.Plan, DidPhase.Owned,
        new AuthorizeRequest { CallId = "x", Caller = Samples.London, CallerText = "+44", Called = Samples.Rome, CalledText = "+39" },
        new EndRequest { CallId = "x", DurationMs = 1, Cause = new ReleaseCause(16, 200, "ok") }, new[] { "x", "y" },
    ];

    [Fact]
    public async Task CallOnAnotherSilo_IsGrantedReportedSettledAndRead()
    {
        silos.PlaceOnSecond();
        var pbx = await NewPbx("crossing");

        var grant = (await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"))).Grant!;
        Assert.Equal((600, "33", CallArea.Area2), (grant.GrantedSeconds, grant.Pricing!.Prefix, grant.Pricing.Area));
        Assert.Equal(grant, Assert.Single(await pbx.ListActive("", 10)));
        Assert.NotNull((await pbx.Start("c1", DateTimeOffset.UtcNow)).Grant!.AnsweredAt);
        var settled = (await pbx.End(new EndRequest { CallId = "c1", DurationMs = 61_000 })).Settlement!;
        Assert.Equal(61_000_000, Assert.Single(settled.Charges).Amount.Nanos);
        var found = (await pbx.Find("c1"))!.Settlement!;
        Assert.Equal(settled.Charges.Single(), found.Charges.Single());
        Assert.Equal((settled.SettledAt, settled.Pricing, settled.CallSeconds), (found.SettledAt, found.Pricing, found.CallSeconds));

        var denied = (await pbx.Authorize(PbxCluster.Call("c2") with { Caller = Samples.London, CallerText = "+44" })).Denial!;
        Assert.Equal((DenialReason.CallerIdNotOwned, "c2"), (denied.Reason, denied.CallId));
        var quote = await pbx.Quote(PbxCluster.Call(""), 60);
        Assert.Equal(("EUR", "39", 60), (quote.Currency, quote.Pricing!.Prefix, quote.Rating!.Value.IncludedSeconds));
        Assert.Equal(4, (await pbx.Describe())!.Settings.Licences.Total);
        Assert.Equal("name", (await pbx.Provision((await pbx.Describe())!.Settings with { Name = "other" })).DifferingField);
    }

    [Fact]
    public async Task ReasonToRepeat_CrossesAsItIs()
    {
        silos.PlaceOnSecond();
        var pbx = await NewPbx("fenced");
        var stored = await silos.Store.LoadVersionAsync("fenced", CancellationToken.None);
        var other = new LedgerCommit { PbxId = "fenced", Expected = stored, Next = new LedgerVersion(stored!.Value.Epoch + 1, "other", 0) };
        await silos.Store.CommitAsync(other, CancellationToken.None);

        var fenced = await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c1")));

        Assert.True(fenced.OwnerChanged);
        Assert.Contains("another activation owns this PBX", fenced.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FaultOfAnyLayerOfOurs_CrossesAsItIs()
    {
        var serializer = silos.Services.GetRequiredService<Serializer>();
        foreach (var fault in new Exception[] { new StoreUnavailableException("a"), new StoreOutcomeUnknownException("b"), new ChargingUnavailableException("c") })
        {
            var copy = serializer.Deserialize<Exception>(serializer.SerializeToArray(fault));
            Assert.Equal((fault.GetType(), fault.Message), (copy!.GetType(), copy.Message));
        }
    }

    [Fact]
    public async Task EveryMethodOfEveryGrain_TakesItsRequestAndItsReplyAcross()
    {
        silos.PlaceOnSecond();
        foreach (var method in Interfaces.SelectMany(type => type.GetMethods()))
        {
            var given = method.GetParameters().Select(parameter => Sample(parameter.ParameterType)).ToArray();
            try
            {
                await (Task)method.Invoke(Grain(method.DeclaringType!), given)!;
            }
            catch (Exception e) when (e is not CodecNotFoundException and not UnsupportedWireTypeException)
            {
                // What a grain says of a sample is not looked at here: that it was asked, on the other silo, is.
            }
            if (method.ReturnType.IsGenericType) Assert.NotNull(silos.Services.GetRequiredService<ICodecProvider>().GetCodec(method.ReturnType.GenericTypeArguments[0]));
        }

        var all = Interfaces.SelectMany(type => type.GetMethods()).Select(TwoSilos.Name).Order().ToArray();
        Assert.NotEmpty(all);
        Assert.Equal(all, silos.Crossed.Intersect(all).Order());
    }

    [Fact]
    public async Task CatalogueNumbersAndDirectoryOnAnotherSilo_AnswerWhatTheyStored()
    {
        silos.PlaceOnSecond();
        var catalogue = silos.First.GetGrain<ICatalogueGrain>("crossing");
        var made = await catalogue.CreatePlan(Samples.Plan);
        Assert.Equal((Samples.Plan, 1), (made.Plan!.Plan, made.Plan.Number));
        Assert.Equal(made.Plan, Assert.Single((await catalogue.GetMetadata(-1))!.Plans));
        var list = (await catalogue.Import(new PriceListOrder
        {
            Type = "GOLD", Currency = "EUR", TimeZoneId = "UTC", Decimals = 4,
            Parts = [new PriceListOrderPart(new string('a', 64), 7, DateTimeOffset.UtcNow.AddDays(1), [Samples.Offer])],
        })).PriceList!;
        var metadata = (await catalogue.GetMetadata(-1))!;
        Assert.Equal(list, Assert.Single(metadata.PriceLists));
        Assert.Equal(Samples.Offer, Assert.Single(metadata.PlansOf(list)));
        Assert.Equal(CatalogueRefusal.VersionUnknown, (await catalogue.Activate("GOLD", 2, DateTimeOffset.UtcNow)).Refusal);

        var did = silos.First.GetGrain<IDidGrain>("39061111111");
        Assert.Equal((DidPhase.Claiming, "p"), ((await did.Claim("p", "op")).Phase, (await did.Describe()).PbxId));
        var operations = silos.First.GetGrain<IDidOperationsGrain>(3);
        await operations.Begin("op", 39061111111);
        Assert.Equal(39061111111UL, Assert.Single(await operations.ListBegunBefore(DateTimeOffset.MaxValue)).Digits);
        var directory = silos.First.GetGrain<IPbxDirectoryGrain>(5);
        await directory.Put("p", "IT");
        Assert.Equal("IT", (await directory.Get(-1))!.Countries["p"]);
    }

    private async Task<IPbxGrain> NewPbx(string id)
    {
        var pbx = silos.First.GetGrain<IPbxGrain>(id);
        var settings = new PbxSettings
        {
            Id = id, Country = "IT", TimeZoneId = "Europe/Rome", Currency = "EUR", PriceListType = "END_USER", PlanCode = "FLAT",
            ActiveFrom = new DateOnly(2018, 1, 1), Licences = new UserLicences(4, 0, 0, 0),
        };
        Assert.Equal(ProvisioningRefusal.None, (await pbx.Provision(settings)).Refusal);
        await pbx.AddDid(new Did(PbxCluster.Number("+39061234567"), DidKind.Hosted, true));
        return pbx;
    }

    private object Grain(Type type) => type.IsAssignableTo(typeof(IGrainWithIntegerKey))
        ? silos.First.GetGrain(type, 7L)
        : silos.First.GetGrain(type, "every-method");

    /// <summary>A value of the type; of one that has no sample here, an empty one, which has to cross as well.</summary>
    private static object? Sample(Type type) =>
        Array.Find(Arguments, type.IsInstanceOfType)
        ?? (Nullable.GetUnderlyingType(type) is not null ? null : RuntimeHelpers.GetUninitializedObject(type));
}
