using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Pdf;

/// <summary>One price of a tariff, as one line of a table.</summary>
/// <param name="When">In which part of the week and of the call it counts; empty = always.</param>
/// <param name="Price">Per minute where that is exact, else per <paramref name="PerSeconds"/>.</param>
/// <param name="PerSeconds">60, or what the list gives the price for.</param>
/// <param name="Increments">Such as "per second" or "30/6".</param>
/// <param name="ConnectFee">Null in lines of a later part of the call.</param>
internal sealed record TariffLine(string When, Amount Price, int PerSeconds, string Increments, Amount? ConnectFee)
{
    /// <summary>All prices of a tariff: the first for the whole week, or the bands and then what counts outside them.</summary>
    public static IReadOnlyList<TariffLine> Of(Tariff tariff)
    {
        var lines = new List<TariffLine>();
        foreach (var band in tariff.Bands)
            AddSteps(lines, $"{PriceWords.Band(band)} ({tariff.BandTimeZoneId})", band.Steps, band.ConnectFee, tariff.MinimumSeconds);
        AddSteps(lines, tariff.Bands.IsEmpty ? "" : "at all other times", tariff.Steps, tariff.ConnectFee, tariff.MinimumSeconds);
        return lines;
    }

    private static void AddSteps(List<TariffLine> lines, string when, ImmutableArray<TariffStep> steps, Amount fee, int minimum)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            var (price, per) = PerMinute(step);
            var increments = IncrementText(step.IncrementSeconds, step.IncrementSeconds);
            // A first block and what follows it at the same price is one line in the trade's own words: 30/6.
            if (i == 0 && steps.Length > 1 && IsRestOf(step, steps[1]))
                increments = IncrementText(step.IncrementSeconds, steps[++i].IncrementSeconds);
            if (step.FromSecond == 0 && minimum > step.IncrementSeconds) increments = Say($"{increments}, minimum {minimum} s");
            lines.Add(new TariffLine(Join(when, step.FromSecond), price, per, increments, step.FromSecond == 0 ? fee : null));
        }
    }

    private static bool IsRestOf(TariffStep first, TariffStep next) =>
        next.FromSecond == first.IncrementSeconds && next.Price == first.Price && next.PerSeconds == first.PerSeconds;

    private static string IncrementText(int first, int next) => first == 1 && next == 1 ? "per second" : Say($"{first}/{next}");

    // A price that a minute cannot express exactly stays what it is: the list is what was agreed.
    private static (Amount Price, int PerSeconds) PerMinute(TariffStep step)
    {
        var (nanos, rest) = Int128.DivRem((Int128)step.Price.Nanos * 60, step.PerSeconds);
        return rest == 0 && nanos <= long.MaxValue ? (new Amount((long)nanos), 60) : (step.Price, step.PerSeconds);
    }

    private static string Join(string when, int fromSecond)
    {
        if (fromSecond == 0) return when;
        var from = fromSecond % 60 == 0 ? Say($"after {fromSecond / 60} min") : Say($"after {fromSecond} s");
        return when.Length == 0 ? from : $"{when}, {from}";
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
