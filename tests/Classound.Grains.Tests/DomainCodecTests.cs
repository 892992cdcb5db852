using System.Collections.Immutable;
using Classound.Charging;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Grains.Pbxs;
using Classound.Grains.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Classound.Grains.Tests;

public sealed class DomainCodecTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 11, 12, 345, TimeSpan.Zero);
    private readonly Serializer _serializer;
    private readonly DeepCopier _copier;

    public DomainCodecTests()
    {
        var services = new ServiceCollection();
        services.AddSerializer();
        services.AddDomainSerialization();
        var provider = services.BuildServiceProvider();
        _serializer = provider.GetRequiredService<Serializer>();
        _copier = provider.GetRequiredService<DeepCopier>();
    }

    public static TheoryData<object> Values => new()
    {
        Samples.ActiveCall, Samples.RatedCall, CallAnswer.Of(Samples.ActiveCall, repeated: true), CallAnswer.Of(Samples.RatedCall),
        Samples.Correction, CallAnswer.Of(Samples.Correction.AsWhole()), CallAnswer.Of(Samples.RatedCall, repeated: true, conflict: true),
        CallAnswer.Of(new Denial
        {
            PbxId = "acme", CallId = "c", Reason = DenialReason.NoPrice, Subject = "END_USER", At = At, Direction = CallDirection.Outbound,
            CallerText = "+44", Called = Samples.London, CalledText = Samples.London.ToString(), UserId = "u", Prefix = "44",
            Destination = "London", ListType = "END_USER", ListNumber = 3,
        }),
        Samples.Settings, new UserLicences(1, 2, 3, 4), new Did(Samples.London, DidKind.External, true), Samples.London,
        new AuthorizeRequest { CallId = "c", Caller = Samples.London, CallerText = "+44", OccurredAt = At, RequestedSeconds = 7 },
        new AuthorizeRequest
        {
            CallId = "c", Direction = CallDirection.Inbound, CallerForm = NumberForm.E164, CalledText = "12", UserId = "u", Internal = true,
            HideCallerId = true, CanExtend = true, ReportsAnswer = true, LacksG711 = true, EdgeId = "e", AttemptedAt = At.AddTicks(7),
        },
        new EndRequest { CallId = "c", DurationMs = 1234, AnsweredAt = At, Cause = new ReleaseCause(16, 200, "ok") },
        new EndRequest { CallId = "c", EndedAt = At, AttemptedAt = At, Details = new AuthorizeRequest { CallId = "c", CalledText = "+1" } },
        new PbxUpdate { Limits = new LimitsChange { DayCap = new Amount(7), BarHighCost = false }, State = PbxState.Suspended }, Samples.Plan,
        new ProvisioningReply(ProvisioningRefusal.PbxExists, null) { DifferingField = "name" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void DomainValue_CrossesToAnotherSilo_Unchanged(object value)
    {
        var copy = _serializer.Deserialize<object>(_serializer.SerializeToArray<object>(value));
        Assert.Equal(value, copy);
    }

    // Lists have no equality of their own: what counts is what the change does. Named and empty is not unnamed.
    [Fact]
    public void ChangeOfLimits_CrossesToAnotherSilo_WithWhatItLifts()
    {
        var rome = new NumberPrefix(3906, 4);
        var change = new LimitsChange { MaxCallSeconds = 0, BarredCountries = [], AllowedPrefixes = [rome], AllowedAreas = 3 };
        var copy = _serializer.Deserialize<LimitsChange>(_serializer.SerializeToArray(change))!;
        var before = new PbxLimits { MaxCallSeconds = 60, DayCap = new Amount(5), BarredCountries = ["CU"], BarredPrefixes = [rome] };
        var after = copy.ApplyTo(before);
        Assert.Equal(change.ApplyTo(before), after);
        Assert.Equal(before with { MaxCallSeconds = 0, BarredCountries = [], AllowedPrefixes = [rome], AllowedAreas = 3 }, after);
    }

    [Fact]
    public void DomainValueWithinASilo_IsPassedAsItIs() => Assert.Same(Samples.RatedCall, _copier.Copy(Samples.RatedCall));
}
