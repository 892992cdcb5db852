using System.Diagnostics.Metrics;
using Classound.Charging;
using Classound.Charging.Calls;

namespace Classound.Grains.Pbxs;

/// <summary>What the PBXs of this silo have running and hold; one of these is the share of one activation in the sums.</summary>
internal sealed class ActiveCallMetrics
{
    private static readonly Meter Meter = new("Classound.Grains");

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>(
        "classound.calls.active", "{call}", "Calls between authorisation and settlement of the PBXs that are active on this silo");

    private static readonly UpDownCounter<long> HeldTime = Meter.CreateUpDownCounter<long>(
        "classound.holds.included", "s", "Included seconds that active calls hold");

    private static readonly UpDownCounter<long> HeldMoney = Meter.CreateUpDownCounter<long>(
        "classound.holds.money", "{nano}", "Money that active calls hold, in 10^-9 units of the tag currency");

    private static readonly Histogram<double> SettlementLag = Meter.CreateHistogram<double>(
        "classound.calls.settlement_lag", "s", "From the end of a call, as its edge says, to its durable settlement", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400] });

    private (long Calls, long Seconds, long Nanos) _counted;
    private string _currency = "";
    private bool _gone;

    public static void Settled(RatedCall call, DateTimeOffset now)
    {
        // An import is as late as it is, and of a call that nobody answered no end is known.
        if (call.OccurredAt is not null || call.DurationMs == 0) return;
        var lag = now - call.AnsweredAt.AddMilliseconds(call.DurationMs);
        SettlementLag.Record(lag > TimeSpan.Zero ? lag.TotalSeconds : 0);
    }

    /// <summary>Counts the PBX as it is now in place of what it was.</summary>
    public void Count(Pbx pbx)
    {
        // A commit that outlasted the activation's time to leave is still waited for behind it.
        if (_gone) return;
        if (pbx.Settings is { } settings) _currency = settings.Currency;
        var (seconds, money) = pbx.Held;
        Move((pbx.Calls.Count, seconds, money.Nanos));
    }

    /// <summary>The activation goes; its calls go on, wherever the PBX is asked for next.</summary>
    public void Remove()
    {
        Move((0, 0, 0));
        _gone = true;
    }

    private void Move((long Calls, long Seconds, long Nanos) to)
    {
        // Nothing is added too: a silo without calls shows zero, and not nothing.
        Active.Add(to.Calls - _counted.Calls);
        HeldTime.Add(to.Seconds - _counted.Seconds);
        if (to.Nanos != _counted.Nanos) HeldMoney.Add(to.Nanos - _counted.Nanos, new KeyValuePair<string, object?>("currency", _currency));
        _counted = to;
    }
}
