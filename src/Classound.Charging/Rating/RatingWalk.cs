using System.Collections.Immutable;

namespace Classound.Charging.Rating;

/// <summary>
/// Walks a call's increments in runs of equal ones: first what the allowance pays, then the connect fee, then money.
/// Both the rating and its explanation read this walk, so they cannot disagree. O(runs), and nothing on the heap. A run ends
/// with its step, its band, the allowance or the call; in a tariff with bands also with the day, the week and a clock change.
/// </summary>
internal ref struct RatingWalk
{
    private readonly Tariff _tariff;
    private readonly DateTimeOffset _answeredAt;
    private readonly ReadOnlySpan<TariffStep> _ticks;
    private readonly long _end;
    private long _second;
    private long _includedLeft;
    private bool _moneyStarted;
    private int _band = WeekMap.NoBand;
    private long _bandUntil;

    public RatingWalk(
        Tariff tariff, DateTimeOffset answeredAt, int callSeconds, ImmutableArray<TariffStep> allowanceTicks, int availableIncludedSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(callSeconds);
        _tariff = tariff;
        _answeredAt = answeredAt;
        _ticks = allowanceTicks.IsDefault ? [] : allowanceTicks.AsSpan();
        _end = callSeconds == 0 ? 0 : Math.Max(callSeconds, tariff.MinimumSeconds);
        _includedLeft = _ticks.IsEmpty ? 0 : availableIncludedSeconds;
    }

    /// <summary>The next run; false at the end of the call.</summary>
    public bool MoveNext(out RatingRun run)
    {
        if (_second >= _end)
        {
            run = default;
            return false;
        }

        return TryInclude(out run) || TryConnect(out run) || Charge(out run);
    }

    private bool TryInclude(out RatingRun run)
    {
        run = default;
        if (_includedLeft <= 0) return false;
        var step = StepAt(_ticks, _second, out var until);
        var increments = Math.Min(IncrementsUntil(until, step), _includedLeft / step.IncrementSeconds);
        if (increments == 0)
        {
            // The next increment does not fit whole. Money starts here, and a shorter later tick does not go back to the allowance.
            _includedLeft = 0;
            return false;
        }

        run = Take(RatedSegmentKind.Included, step, increments, WeekMap.NoBand);
        _includedLeft -= increments * step.IncrementSeconds;
        return true;
    }

    private bool TryConnect(out RatingRun run)
    {
        run = default;
        if (_moneyStarted) return false;
        _moneyStarted = true;
        var band = Band();
        var fee = band == WeekMap.NoBand ? _tariff.ConnectFee : _tariff.Bands[band].ConnectFee;
        if (fee == Amount.Zero) return false;
        run = new RatingRun(RatedSegmentKind.ConnectFee, _second, _second, 0, null, band, fee);
        return true;
    }

    private bool Charge(out RatingRun run)
    {
        var band = Band();
        var steps = band == WeekMap.NoBand ? _tariff.Steps : _tariff.Bands[band].Steps;
        var step = StepAt(steps.AsSpan(), _second, out var stepUntil);
        run = Take(RatedSegmentKind.Charged, step, IncrementsUntil(Math.Min(_bandUntil, stepUntil), step), band);
        return true;
    }

    private int Band()
    {
        if (_second < _bandUntil) return _band;
        _bandUntil = long.MaxValue;
        if (_tariff.Schedule is { } schedule) _band = schedule.BandAt(_answeredAt, _second, out _bandUntil);
        return _band;
    }

    private RatingRun Take(RatedSegmentKind kind, TariffStep step, long increments, int band)
    {
        var from = _second;
        _second += increments * step.IncrementSeconds;
        return new RatingRun(kind, from, _second, increments, step, band, Amount.Zero);
    }

    // An increment belongs to what is in force at its start and may run past the end of it, and of the call.
    private readonly long IncrementsUntil(long until, TariffStep step)
    {
        var seconds = Math.Min(until, _end) - _second;
        return (seconds + step.IncrementSeconds - 1) / step.IncrementSeconds;
    }

    private static TariffStep StepAt(ReadOnlySpan<TariffStep> steps, long second, out long until)
    {
        var i = steps.Length - 1;
        until = long.MaxValue;
        for (; steps[i].FromSecond > second; i--) until = steps[i].FromSecond;
        return steps[i];
    }
}

/// <summary>Equal increments in a row, or the connect fee (no step, no increments).</summary>
internal readonly record struct RatingRun(
    RatedSegmentKind Kind, long FromSecond, long ToSecond, long Increments, TariffStep? Step, int Band, Amount Fee)
{
    /// <summary>This run and the next as one, where only the calendar parts them: the same step of the same band goes on.</summary>
    public bool TryExtend(in RatingRun next, out RatingRun longer)
    {
        longer = this with { ToSecond = next.ToSecond, Increments = Increments + next.Increments };
        return Kind == next.Kind && Band == next.Band && ReferenceEquals(Step, next.Step);
    }

    /// <summary>Exact cost in 10^-9 units times <paramref name="denominator"/>, a multiple of the step's PER seconds.</summary>
    public Int128 Cost(long denominator) => Kind switch
    {
        RatedSegmentKind.ConnectFee => (Int128)Fee.Nanos * denominator,
        RatedSegmentKind.Charged => (Int128)Step!.Price.Nanos * (Increments * Step.IncrementSeconds) * (denominator / Step.PerSeconds),
        _ => 0,
    };
}
