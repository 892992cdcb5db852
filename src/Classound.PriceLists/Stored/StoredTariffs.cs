using System.Collections.Immutable;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Stored;

/// <summary>The tariffs of a list, each once, in the order in which they are first used.</summary>
internal sealed class StoredTariffs
{
    private const int LeastBytes = 4; // Connect fee, minimum, no steps, no bands.
    private const int LeastStepBytes = 4;
    private const int LeastBandBytes = 5;

    private readonly Dictionary<Tariff, int> _indexes = [];
    private readonly List<Tariff> _tariffs = [];

    /// <summary>The index under which the tariff is written.</summary>
    public int IndexOf(Tariff tariff)
    {
        if (_indexes.TryGetValue(tariff, out var index)) return index;
        _indexes.Add(tariff, _tariffs.Count);
        _tariffs.Add(tariff);
        return _tariffs.Count - 1;
    }

    public void Write(StoredWriter bytes)
    {
        bytes.Number(_tariffs.Count);
        foreach (var tariff in _tariffs) Write(bytes, tariff);
    }

    public static Tariff[] Read(ref StoredReader bytes)
    {
        var tariffs = new Tariff[bytes.Count(LeastBytes)];
        for (var i = 0; i < tariffs.Length; i++) tariffs[i] = ReadOne(ref bytes);
        return tariffs;
    }

    private static void Write(StoredWriter bytes, Tariff tariff)
    {
        bytes.Amount(tariff.ConnectFee);
        bytes.Number(tariff.MinimumSeconds);
        WriteSteps(bytes, tariff.Steps);
        bytes.Number(tariff.Bands.Length);
        foreach (var band in tariff.Bands)
        {
            bytes.Byte((byte)band.Days);
            bytes.Number(band.FromMinute);
            bytes.Number(band.ToMinute);
            bytes.Amount(band.ConnectFee);
            WriteSteps(bytes, band.Steps);
        }

        if (tariff.BandTimeZoneId is { } zone) bytes.Text(zone);
    }

    private static Tariff ReadOne(ref StoredReader bytes)
    {
        var fee = bytes.Amount();
        var minimum = bytes.Number(int.MaxValue);
        var steps = ReadSteps(ref bytes);
        var bands = ImmutableArray.CreateBuilder<TariffBand>();
        for (var left = bytes.Count(LeastBandBytes); left > 0; left--)
        {
            bands.Add(new TariffBand(
                (WeekDays)bytes.Byte(), bytes.Number(int.MaxValue), bytes.Number(int.MaxValue), bytes.Amount(), ReadSteps(ref bytes)));
        }

        var zone = bands.Count > 0 ? bytes.Text() : null;
        if (Tariff.Check(fee, minimum, steps, bands.ToImmutable(), zone) is { } error) throw bytes.Damaged(error);
        return Tariff.Create(fee, minimum, steps, bands.ToImmutable(), zone);
    }

    private static void WriteSteps(StoredWriter bytes, ImmutableArray<TariffStep> steps)
    {
        bytes.Number(steps.Length);
        foreach (var step in steps)
        {
            bytes.Number(step.FromSecond);
            bytes.Amount(step.Price);
            bytes.Number(step.PerSeconds);
            bytes.Number(step.IncrementSeconds);
        }
    }

    private static ImmutableArray<TariffStep> ReadSteps(ref StoredReader bytes)
    {
        var steps = new TariffStep[bytes.Count(LeastStepBytes)];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = new TariffStep(bytes.Number(int.MaxValue), bytes.Amount(), bytes.Number(int.MaxValue), bytes.Number(int.MaxValue));
        return ImmutableArray.Create(steps);
    }
}
