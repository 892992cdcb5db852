using System.Diagnostics.Metrics;

namespace Classound.Grains.Catalogues;

/// <summary>Instruments of the meter <c>Classound.Catalogue</c>.</summary>
internal sealed class CatalogueMetrics : IDisposable
{
    public const string MeterName = "Classound.Catalogue";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _loadDuration;

    public CatalogueMetrics(Func<long> revision, Func<long> missing, Func<double> lagSeconds)
    {
        _meter.CreateObservableGauge("classound.catalogue.revision", revision, "{revision}", "Revision that this silo has loaded.");
        _meter.CreateObservableGauge("classound.catalogue.missing", missing, "{version}", "Activated versions that could not be loaded.");
        _meter.CreateObservableGauge("classound.catalogue.lag", lagSeconds, "s", "Since the catalogue was last known to be current.");
        _loadDuration = _meter.CreateHistogram<double>("classound.catalogue.load_duration", "s", "Loading what a new revision brought.");
    }

    public void Loaded(TimeSpan took) => _loadDuration.Record(took.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
