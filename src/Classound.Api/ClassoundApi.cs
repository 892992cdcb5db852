using Classound.Api.Billing;
using Classound.Api.Calls;
using Classound.Api.Calls.Edges;
using Classound.Api.Emergency;
using Classound.Api.Provisioning;
using Classound.Api.Rating;
using Classound.Api.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Classound.Api;

/// <summary>The gRPC edge of a process: services, reflection, health.</summary>
public static class ClassoundApi
{
    /// <summary>
    /// Name of the grpc.health.v1 service, and tag of the checks behind it, that says whether chargeable calls can be
    /// decided now. The unnamed service stays SERVING without them, and so must a process's readiness.
    /// </summary>
    public const string Chargeable = "chargeable";

    /// <summary>
    /// Needs the process's grains (AddPbxGrains, AddCatalogue, AddDidOwnership), or the way to those of its cluster (AddPbxClients, AddDidClients), an <c>ILedgerStore</c> and a
    /// <c>TimeProvider</c>.
    /// </summary>
    public static IServiceCollection AddClassoundApi(this IServiceCollection services)
    {
        services.AddOptions<ClassoundApiOptions>();
        services.AddSingleton<Failures>();
        services.AddSingleton<UnavailableInterceptor>();
        services.AddGrpc(grpc => grpc.Interceptors.Add<UnavailableInterceptor>());
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(health =>
        {
            health.Services.Clear();
            health.Services.Map("", check => !check.Tags.Contains(Chargeable));
            health.Services.Map(Chargeable, check => check.Tags.Contains(Chargeable));
        })
            // A service that no check answers for is UNKNOWN; the unnamed one serves as long as the process does.
            .AddCheck("process", () => HealthCheckResult.Healthy())
            .AddCheck<LedgerHealthCheck>("ledger", HealthStatus.Unhealthy, [Chargeable]);

        // Built here, not on the first call: numbering metadata that cannot be read must fail the start.
        services.AddSingleton(EmergencyNumbers.FromMetadata());
        services.AddSingleton<EmergencyCalls>();
        services.AddSingleton<EmergencyFlag>();
        services.AddSingleton<CallReplies>();
        services.AddSingleton<EdgeSync>();
        services.AddSingleton<PbxCalls>();
        services.AddSingleton<CallAnswers>();
        services.AddSingleton<EdgeStreams>();
        services.AddSingleton<CallService>();
        services.AddSingleton<RatingService>();
        services.AddSingleton<BillingService>();
        services.AddSingleton<ReportService>();
        services.AddSingleton<PbxCatalogue>();
        services.AddSingleton<PbxService>();
        services.AddSingleton<DidService>();
        services.AddSingleton<PlanService>();
        services.AddSingleton(_ => new HeavyWork("PRICE_LISTS_BUSY", "This process already reads or writes two price lists; repeat the request."));
        services.AddSingleton<PriceListVersions>();
        services.AddSingleton<PriceListImporter>();
        services.AddSingleton<PriceListExporter>();
        services.AddSingleton<PriceListService>();
        return services;
    }

    public const string Calls = "calls", Rating = "rating", Provisioning = "provisioning", Billing = "billing", Reports = "reports";

    /// <summary>What can be switched on by itself; each is one of the interface's packages.</summary>
    public static IReadOnlyList<string> AllServices { get; } = [Calls, Rating, Provisioning, Billing, Reports];

    /// <param name="endpoints">Where they are mapped.</param>
    /// <param name="services">Of <see cref="AllServices"/>; null = all. The others are UNIMPLEMENTED here.</param>
    public static IEndpointRouteBuilder MapClassoundApi(this IEndpointRouteBuilder endpoints, IReadOnlyList<string>? services = null)
    {
        var on = services ?? AllServices;
        if (on.Contains(Calls)) endpoints.MapGrpcService<CallService>();
        if (on.Contains(Rating)) endpoints.MapGrpcService<RatingService>();
        if (on.Contains(Billing)) endpoints.MapGrpcService<BillingService>();
        if (on.Contains(Reports)) endpoints.MapGrpcService<ReportService>();
        if (on.Contains(Provisioning))
        {
            endpoints.MapGrpcService<PbxService>();
            endpoints.MapGrpcService<DidService>();
            endpoints.MapGrpcService<PlanService>();
            endpoints.MapGrpcService<PriceListService>();
        }
        endpoints.MapGrpcHealthChecksService();
        endpoints.MapGrpcReflectionService();
        return endpoints;
    }
}
