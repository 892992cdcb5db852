using System.Collections.Immutable;
using System.Numerics;

namespace Classound.Charging.Rating;

/// <summary>
/// What a destination costs: connect fee, minimum charged seconds, steps, and optional weekday/time bands whose steps
/// replace the tariff's own while they are in force. Immutable, valid by construction, compared by value.
/// </summary>
public sealed class Tariff : IEquatable<Tariff>
{
    private Tariff(
        Amount connectFee, int minimumSeconds, ImmutableArray<TariffStep> steps, ImmutableArray<TariffBand> bands, string? bandTimeZoneId)
    {
        ConnectFee = connectFee;
        MinimumSeconds = minimumSeconds;
        Steps = steps;
        Bands = bands;
        BandTimeZoneId = bandTimeZoneId;
        CostDenominator = TariffRules.CostDenominator(steps, bands);
        HighestPricePerMinute = TariffRules.HighestPricePerMinute(steps, bands);
        Schedule = bandTimeZoneId is null ? null : new BandSchedule(bands, TimeZoneInfo.FindSystemTimeZoneById(bandTimeZoneId));
    }

    /// <summary>Charged once when money starts outside every band; never negative.</summary>
    public Amount ConnectFee { get; }

    /// <summary>A call that lasted at all is charged at least this many seconds; 0 to 14,400.</summary>
    public int MinimumSeconds { get; }

    /// <summary>At least one; the first from second 0, the others rising.</summary>
    public ImmutableArray<TariffStep> Steps { get; }

    /// <summary>Empty, or bands that do not overlap, by their first day and minute. Outside them <see cref="Steps"/> are in force.</summary>
    public ImmutableArray<TariffBand> Bands { get; }

    /// <summary>IANA zone of the bands; null when there are none.</summary>
    public string? BandTimeZoneId { get; }

    /// <summary>The dearest price per 60 s of any step of any band, rounded up to 10^-9.</summary>
    public Amount HighestPricePerMinute { get; }

    /// <summary>Common denominator of every increment's exact cost in 10^-9 units.</summary>
    internal long CostDenominator { get; }

    internal BandSchedule? Schedule { get; }

    /// <summary>A valid tariff.</summary>
    /// <exception cref="ArgumentException">What <see cref="Check"/> says.</exception>
    public static Tariff Create(
        Amount connectFee,
        int minimumSeconds,
        ImmutableArray<TariffStep> steps,
        ImmutableArray<TariffBand> bands = default,
        string? bandTimeZoneId = null)
    {
        if (bands.IsDefault) bands = [];
        if (Check(connectFee, minimumSeconds, steps, bands, bandTimeZoneId) is { } error) throw new ArgumentException(error);
        return new Tariff(connectFee, minimumSeconds, steps, InOrder(bands), bandTimeZoneId);
    }

    /// <summary>Bands that do not overlap mean the same in any order: by their first day from Monday, then by their first minute.</summary>
    private static ImmutableArray<TariffBand> InOrder(ImmutableArray<TariffBand> bands) => bands.Length < 2
        ? bands
        : [.. bands.OrderBy(band => BitOperations.TrailingZeroCount((int)band.Days)).ThenBy(band => band.FromMinute).ThenBy(band => band.Days)];


    /// <summary>Null when <see cref="Create"/> accepts the same values, else the first value it refuses and what it expects.</summary>
    public static string? Check(
        Amount connectFee,
        int minimumSeconds,
        ImmutableArray<TariffStep> steps,
        ImmutableArray<TariffBand> bands = default,
        string? bandTimeZoneId = null) =>
        TariffRules.Check(connectFee, minimumSeconds, steps, bands.IsDefault ? [] : bands, bandTimeZoneId);

    /// <summary>
    /// Reads steps as price lists write them: <c>[FROM:]PRICE/PER+INCREMENT</c> joined by <c>|</c>, such as
    /// <c>0.012/60+30|30:0.012/60+6</c>. On false, <paramref name="error"/> names the step and the value.
    /// </summary>
    public static bool TryParseSteps(ReadOnlySpan<char> text, out ImmutableArray<TariffStep> steps, out string? error) =>
        StepText.TryParse(text, out steps, out error);

    /// <summary>The text that <see cref="TryParseSteps"/> reads back to the same steps.</summary>
    public static string FormatSteps(ImmutableArray<TariffStep> steps) => StepText.Format(steps);

    /// <inheritdoc/>
    public bool Equals(Tariff? other) =>
        ReferenceEquals(this, other)
        || (other is not null && ConnectFee == other.ConnectFee && MinimumSeconds == other.MinimumSeconds
            && BandTimeZoneId == other.BandTimeZoneId && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan())
            && Bands.AsSpan().SequenceEqual(other.Bands.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Tariff);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(ConnectFee);
        hash.Add(MinimumSeconds);
        foreach (var step in Steps) hash.Add(step);
        foreach (var band in Bands) hash.Add(band);
        return hash.ToHashCode();
    }
}
