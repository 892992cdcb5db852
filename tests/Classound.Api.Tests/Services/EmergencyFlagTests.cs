using System.Reflection;
using Classound.Api.Emergency;
using Classound.Api.Tests.Hosting;
using Classound.Charging.Calls;
using Classound.Contracts.Calls.V1;
using Classound.Grains.Pbxs;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class EmergencyFlagTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private CallService.CallServiceClient Calls => _operator.Calls;

    [Fact]
    public async Task FlagOnAChargeableCall_ChangesNothingAboutIt()
    {
        var pbx = await _operator.NewPbx("flag-wrong");
        var granted = (await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1", Operator.France))).Grant;
        var answered = granted.AuthoriseTime.Clone();
        var started = await Calls.StartCallAsync(new() { PbxId = pbx, CallId = "c1", AnswerTime = answered, Emergency = true });
        Assert.Equal((false, 600), (started.Grant.Emergency, started.Grant.GrantedSeconds));
        var extended = await Calls.ExtendCallAsync(
            new() { PbxId = pbx, CallId = "c1", RequestNumber = 1, UsedSeconds = 590, Emergency = true });
        Assert.Equal((false, true), (extended.Grant.Emergency, extended.Grant.GrantedSeconds > 600));

        var end = new EndCallRequest { PbxId = pbx, CallId = "c1", DurationMs = 60_000, Emergency = true };
        var ended = await Calls.EndCallAsync(end);
        Assert.Equal((60, 60_000_000L), (ended.Settlement.RatedSeconds, ended.Settlement.Charges.Single().AmountNanos));
        Assert.True((await Calls.EndCallAsync(end)).Repeated);
    }

    [Fact]
    public async Task DetailsOfAnEmergencyCall_EndNoChargeableCall()
    {
        var pbx = await _operator.NewPbx("flag-details");
        await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1", Operator.France));
        var ended = await Calls.EndCallAsync(
            new() { PbxId = pbx, CallId = "c1", DurationMs = 60_000, Details = Operator.Call(pbx, "c1", "112") });
        Assert.Equal(60, ended.Settlement.RatedSeconds);
    }

    [Fact]
    public async Task FlagOnAnEmergencyCallOrAnUnknownOne_IsBelieved()
    {
        var pbx = await _operator.NewPbx("flag-right");
        await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1", "112"));
        foreach (var callId in new[] { "c1", "never-heard-of" })
        {
            var answer = new Timestamp { Seconds = 1_700_000_000 };
            Assert.True(
                (await Calls.StartCallAsync(new() { PbxId = pbx, CallId = callId, AnswerTime = answer, Emergency = true })).Grant.Emergency);
            Assert.True(
                (await Calls.ExtendCallAsync(new() { PbxId = pbx, CallId = callId, RequestNumber = 1, Emergency = true })).Grant.Emergency);
            Assert.NotNull((await Calls.EndCallAsync(new() { PbxId = pbx, CallId = callId, DurationMs = 1, Emergency = true })).Emergency);
        }
    }

    [Fact]
    public async Task GrainThatThrowsOrStaysSilent_IsBelieved()
    {
        Assert.True(await Flag(() => throw new InvalidOperationException("not even a task")).IsBelieved("p", "c"));
        Assert.True(await Flag(() => Task.FromException<CallAnswer?>(new ChargingUnavailableException("out"))).IsBelieved("p", "c"));
        Assert.True(await Flag(() => new TaskCompletionSource<CallAnswer?>().Task).IsBelieved("p", "c"));
        Assert.True(await Flag(() => Task.FromResult<CallAnswer?>(null)).IsBelieved("p", "c"));
    }

    private static EmergencyFlag Flag(Func<Task<CallAnswer?>> find)
    {
        var grains = DispatchProxy.Create<IGrainFactory, Answering>();
        var grain = DispatchProxy.Create<IPbxGrain, Answering>();
        ((Answering)(object)grains).Answer = () => grain;
        ((Answering)(object)grain).Answer = find;
        var options = Options.Create(new ClassoundApiOptions { EmergencyLookupTimeout = TimeSpan.FromMilliseconds(1) });
        return new EmergencyFlag(grains, TimeProvider.System, options, LoggerFactory.Create(_ => { }).CreateLogger<EmergencyFlag>());
    }

    /// <summary>Answers everything the same.</summary>
    public class Answering : DispatchProxy
    {
        public Func<object?> Answer { get; set; } = () => null;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer();
    }
}
