using System.Diagnostics.Metrics;

namespace Classound.Grains.Catalogues;

/// <summary>Instruments of the meter <c>Classound.Catalogue</c>.</summary>
internal sealed class CatalogueMetrics : IDisposable
{
    public const string MeterName = "Classound.Catalogue";

    private static readonly Meter Shared = new(MeterName);

    /// <summary>Silos that had not loaded a version when it came into force: they refuse its calls until they have.</summary>
    public static readonly Counter<long> SilosBehind = Shared.CreateCounter<long>(
        "classound.catalogue.silos_behind", "{silo}", "Silos that had not loaded a version when it was put into force.");

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _loadDuration;

    public CatalogueMetrics(
        Func<long> revision, Func<long> missing, Func<long> leftOut, Func<double> lagSeconds, Func<IEnumerable<(string Type, int Number)>> inForce)
    {
        _meter.CreateObservableGauge("classound.catalogue.revision", revision, "{revision}", "Revision that this silo has taken over.");
        _meter.CreateObservableGauge(
            "classound.catalogue.missing", missing, "{version}", "Versions in force, or due within the hour, that are not loaded.");
        _meter.CreateObservableGauge(
            "classound.catalogue.left_out", leftOut, "{version}", "Versions not loaded ahead, nor kept, because there are too many.");
        _meter.CreateObservableGauge("classound.catalogue.lag", lagSeconds, "s", "Since the catalogue was last known to be current.");
        _meter.CreateObservableGauge(
            "classound.catalogue.in_force",
            () => inForce().Select(list => new Measurement<int>(list.Number, new KeyValuePair<string, object?>("price_list_type", list.Type))),
            "{version}", "Number of the version in force, by price-list type; 0 = none.");
        _loadDuration = _meter.CreateHistogram<double>("classound.catalogue.load_duration", "s", "Loading one content.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300] });
    }

    public void Loaded(TimeSpan took) => _loadDuration.Record(took.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
