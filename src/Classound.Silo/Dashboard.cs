using Orleans.Dashboard;

namespace Classound.Silo;

/// <summary>
/// Orleans' own dashboard of the cluster, on the operations port of silos that have a <see cref="ClassoundOptions.DashboardPassword"/>.
/// Without one nothing of it is in the process.
/// </summary>
internal static class Dashboard
{
    public const string Path = "/dashboard";

    // It would read what any grain has stored, by name, and wake the grain for it.
    private const string StateOfGrains = "/GrainState";

    public static bool IsOn(ClassoundOptions options) => options.DashboardPassword.Length > 0;

    /// <param name="silo">Its calls are counted and timed while somebody looks at the dashboard.</param>
    public static void Add(ISiloBuilder silo) =>
        // Log lines are for whoever collects the logs.
        silo.AddDashboard(dashboard => dashboard.HideTrace = true);

    public static void Map(WebApplication app, ClassoundOptions options)
    {
        if (!IsOn(options)) return;
        var access = ActivatorUtilities.CreateInstance<DashboardAccess>(app.Services, options.DashboardPassword);
        // On the endpoints, not by path: whatever routing lets through comes by here.
        app.MapOrleansDashboard(Path).AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            if (context.Connection.LocalPort != options.HttpPort || ShowsStates(context.GetEndpoint())) return Results.NotFound();
            return access.Allows(context) ? await next(call) : Results.Empty;
        });
    }

    private static bool ShowsStates(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route } && route.EndsWith(StateOfGrains, StringComparison.OrdinalIgnoreCase);
}
