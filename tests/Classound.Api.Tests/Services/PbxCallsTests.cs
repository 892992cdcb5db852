using System.Reflection;
using Classound.Charging.Calls;
using Classound.Grains.Pbxs;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Classound.Api.Tests.Services;

/// <summary>What the API asks again by itself, and what it hands to the edge.</summary>
public sealed class PbxCallsTests
{
    private static readonly CallAnswer Answer = CallAnswer.Of(new Denial
    {
        PbxId = "p", CallId = "c", Reason = DenialReason.UnknownCall, At = DateTimeOffset.UnixEpoch,
    });

    private int _asked;

    [Fact]
    public async Task NoSiloTakesTheQuestion_ItIsAskedAgain_UntilOneDoes()
    {
        var answer = await Calls().Report("p", _ => ++_asked < 3 ? throw new SiloUnavailableException("it died") : Task.FromResult(Answer));

        Assert.Same(Answer, answer);
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task OwnerThatLostThePbx_IsFollowedByTheNext()
    {
        var answer = await Calls().Decide(
            "p", _ => ++_asked < 2 ? throw new ChargingUnavailableException("fenced") { OwnerChanged = true } : Task.FromResult(Answer));

        Assert.Same(Answer, answer);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task StoreThatIsOut_IsSaidAtOnce()
    {
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => Calls().Report("p", Ask));

        Assert.Equal(1, _asked);

        Task<CallAnswer> Ask(IPbxGrain grain)
        {
            _asked++;
            throw new ChargingUnavailableException("the ledger cannot be written now");
        }
    }

    [Fact]
    public async Task Silence_IsNotAskedAgain_AndEndsWithTheBudget()
    {
        var never = new TaskCompletionSource<CallAnswer>();

        await Assert.ThrowsAsync<TimeoutException>(() => Calls(budgetMilliseconds: 50).Decide("p", Ask));

        Assert.Equal(1, _asked);

        Task<CallAnswer> Ask(IPbxGrain grain)
        {
            _asked++;
            return never.Task;
        }
    }

    [Fact]
    public async Task PbxThatNobodyTakes_IsAskedAHandfulOfTimes_WithinTheBudget()
    {
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Calls(budgetMilliseconds: 900).Decide("p", Ask));

        // 20 + 40 + 80 + 160 + 320 ms of pauses; 400 more do not fit.
        Assert.InRange(_asked, 2, 6);

        Task<CallAnswer> Ask(IPbxGrain grain)
        {
            _asked++;
            throw new SiloUnavailableException("it died");
        }
    }

    [Fact]
    public async Task PauseThatOverruns_LeavesNoTimeToAsk_AndNothingIsAsked()
    {
        var clock = new LateClock(TimeSpan.FromMilliseconds(860));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => Calls(budgetMilliseconds: 900, clock).Decide("p", Ask));

        Assert.Equal(1, _asked);

        Task<CallAnswer> Ask(IPbxGrain grain)
        {
            _asked++;
            throw new SiloUnavailableException("it died");
        }
    }

    private static PbxCalls Calls(int budgetMilliseconds = 60_000, TimeProvider? clock = null)
    {
        var budget = TimeSpan.FromMilliseconds(budgetMilliseconds);
        return new PbxCalls(
            new PbxGrains(DispatchProxy.Create<IGrainFactory, NoGrains>()), clock ?? TimeProvider.System,
            Options.Create(new ClassoundApiOptions { ChargeableTimeout = budget, ReportTimeout = budget, ReadTimeout = budget }));
    }

    /// <summary>Every timer is late.</summary>
    private sealed class LateClock(TimeSpan by) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref _now, by.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    /// <summary>The questions above need no grain.</summary>
    public class NoGrains : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }
}
