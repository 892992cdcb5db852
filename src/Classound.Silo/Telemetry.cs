using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Classound.Silo;

/// <summary>
/// Metrics for whoever scrapes /metrics, and metrics and traces for an OTLP collector where one is named, by
/// <see cref="ClassoundOptions.OtlpEndpoint"/> or the standard OTEL_EXPORTER_OTLP_* variables.
/// </summary>
internal static class Telemetry
{
    public const string MetricsPath = "/metrics";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>What is wrong with the standard variables, one line per name: a collector that cannot be reached is silent otherwise.</summary>
    public static IEnumerable<string> Check(IConfiguration configuration) =>
        from name in (string[])[Endpoint, MetricsEndpoint, TracesEndpoint]
        where configuration[name] is { Length: > 0 } && !IsEndpoint(configuration[name]!)
        select $"{name} is '{configuration[name]}': expected a URL such as http://collector:4317";

    public static bool IsEndpoint(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    /// <summary>Whether spans are made at all. Without a collector calls must not pay for them.</summary>
    public static bool Traces(IConfiguration configuration, ClassoundOptions options) => Sends(configuration, options, TracesEndpoint);

    public static void Add(WebApplicationBuilder builder, ClassoundOptions options)
    {
        builder.Services.AddSingleton<IHealthCheckPublisher, HealthMetrics>();
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher => publisher.Delay = publisher.Period = HealthMetrics.Period);
        var telemetry = builder.Services.AddOpenTelemetry();
        telemetry.ConfigureResource(Describe);
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter("Classound.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime");
            metrics.AddPrometheusExporter();
            if (Sends(builder.Configuration, options, MetricsEndpoint)) metrics.AddOtlpExporter(otlp => Address(otlp, options));
        });
        if (Traces(builder.Configuration, options)) telemetry.WithTracing(traces => Trace(traces, builder.Configuration, options));
    }

    /// <summary>On the operations port only: who may place calls need not see what everybody else does.</summary>
    public static void Map(WebApplication app, ClassoundOptions options) => app.UseOpenTelemetryPrometheusScrapingEndpoint(
        context => context.Connection.LocalPort == options.HttpPort && context.Request.Path == MetricsPath);

    private static void Trace(TracerProviderBuilder traces, ConfigurationManager configuration, ClassoundOptions options)
    {
        traces.AddSource("Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Classound.*");
        // The edge decides which calls are traced; whoever wants others says so by the standard variable.
        if (configuration["OTEL_TRACES_SAMPLER"] is not { Length: > 0 }) traces.SetSampler(new ParentBasedSampler(new AlwaysOffSampler()));
        traces.AddOtlpExporter(otlp => Address(otlp, options));
    }

    private static void Describe(ResourceBuilder resource) =>
        resource.AddService("classound", serviceVersion: Announcement.Version).AddEnvironmentVariableDetector();

    private static void Address(OtlpExporterOptions otlp, ClassoundOptions options)
    {
        if (options.OtlpEndpoint.Length > 0) otlp.Endpoint = new Uri(options.OtlpEndpoint);
    }

    private static bool Sends(IConfiguration configuration, ClassoundOptions options, string own) =>
        options.OtlpEndpoint.Length > 0 || configuration[Endpoint] is { Length: > 0 } || configuration[own] is { Length: > 0 };
}
