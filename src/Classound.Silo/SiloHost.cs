using System.Net;
using System.Net.Sockets;
using Classound.Api;
using Classound.Grains.Catalogues;
using Classound.Silo.Demo;
using Classound.Silo.Tls;
using Classound.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Classound.Silo;

/// <summary>Composition only: configuration, store, Orleans, Kestrel, health.</summary>
internal static class SiloHost
{
    public const int BadConfiguration = 2;

    /// <summary>From SIGTERM to the end: requests in flight, then the activations, then the silo.</summary>
    public static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(20);

    private const int CannotStart = 1;

    /// <summary>Serves until it is told to stop. Refusals to start are one line each, on standard error.</summary>
    public static async Task<int> Run(IReadOnlyDictionary<string, string?> given, bool demo, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(given);
        if (Read(builder.Configuration, demo, out var errors) is not { } options) return Refuse(BadConfiguration, [.. errors]);
        if (demo && (options.IsBackOffice || options.ServiceNames.Count < ClassoundApi.AllServices.Count))
            return Refuse(BadConfiguration, $"{ClassoundOptions.Section}:Services: the demo needs a silo with all services");
        if (demo && options.UsesTls) return Refuse(BadConfiguration, $"{ClassoundOptions.Section}:TlsCertificate: the demo calls itself without TLS; leave it out");
        if (TakenPorts(options).ToArray() is { Length: > 0 } taken) return Refuse(CannotStart, taken);
        using var limit = new StopLimit(ShutdownLimit + TimeSpan.FromSeconds(options.DrainSeconds + 5));
        // A signal during the start, while Redis is waited for; later also what the host itself decides.
        using var told = cancellation.Register(limit.Begin);
        try
        {
            using var loggers = LoggerFactory.Create(logging => LogFormat.Add(logging.AddConfiguration(builder.Configuration.GetSection("Logging")), options));
            await using var store = await OpenStore.Open(options, TimeProvider.System, loggers.CreateLogger("Classound.Storage"), cancellation);
            var quiet = demo ? new DemoQuiet() : null;
            await using var app = Build(builder, options, store, TimeProvider.System, quiet);
            app.Lifetime.ApplicationStopping.Register(limit.Begin);
            await app.StartAsync(cancellation);
            Announcement.Make(options, app.Services);
            if (demo && await DemoRun.RunAsync(OwnAddress(options), Console.Out, TimeProvider.System, cancellation) is { } problem)
                return Refuse(CannotStart, problem);
            quiet?.StoryIsTold();
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (StoreStartRefusedException e)
        {
            return Refuse(CannotStart, $"{ClassoundOptions.Section}:{(e.Setting.Length > 0 ? e.Setting : options.PlaceOfStore)}: {e.Message}");
        }
        catch (StoreUnavailableException e)
        {
            return Refuse(CannotStart, $"{ClassoundOptions.Section}:Redis: {e.Message}");
        }
    }

    private static ClassoundOptions? Read(ConfigurationManager configuration, bool demo, out IReadOnlyList<string> errors)
    {
        var options = new ClassoundOptions();
        // The demo keeps out of the operator's own data unless it is sent there.
        if (demo) options.DataFolder = Path.Combine(options.DataFolder, "demo");
        var section = configuration.GetSection(ClassoundOptions.Section);
        var known = typeof(ClassoundOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).ToArray();
        var unknown = section.GetChildren().Select(child => child.Key).Except(known, StringComparer.OrdinalIgnoreCase)
            .Select(key => $"{ClassoundOptions.Section}:{key} is no option; expected one of {string.Join(", ", known)}").ToArray();
        try
        {
            section.Bind(options);
            errors = [.. unknown, .. options.Check(), .. TlsSettings.CheckFiles(options), .. Telemetry.Check(configuration)];
        }
        catch (InvalidOperationException e)
        {
            errors = [.. unknown, e.Message];
        }
        return errors.Count == 0 ? options : null;
    }

    /// <param name="builder">With the configuration that was read.</param>
    /// <param name="options">Checked.</param>
    /// <param name="store">Open; it outlives the host.</param>
    /// <param name="clock">Of everything in the host.</param>
    /// <param name="quiet">Keeps the log from talking into a demo's story; null = there is none.</param>
    internal static WebApplication Build(WebApplicationBuilder builder, ClassoundOptions options, OpenStore store, TimeProvider clock, DemoQuiet? quiet)
    {
        if (options.LogFormat == LogFormat.Json)
        {
            builder.Logging.ClearProviders();
            LogFormat.Add(builder.Logging, options);
        }
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        if (quiet is not null) builder.Logging.AddFilter("Classound", quiet.Lets);
        foreach (var talker in Clustering.TalkersOnPeersDeath) builder.Logging.AddFilter(talker, LogLevel.Critical);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(store.Ledger);
        if (store.Database is { } database) builder.Services.AddSingleton(database);
        if (options.IsBackOffice) BackOfficeRole.Add(builder, options);
        else SiloRole.Add(builder, options);
        builder.Services.AddCatalogue();
        builder.Services.AddClassoundApi();
        builder.Services.Configure<ClassoundApiOptions>(api => api.OperatorName = options.OperatorName);
        builder.Services.AddHealthChecks()
            .AddCheck<CatalogueLoadedCheck>("catalogue")
            .AddCheck<Draining>("stopping")
            .AddCheck<PricesCheck>("prices", tags: [ClassoundApi.Chargeable]);
        builder.Services.AddHostedService<Draining>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit + TimeSpan.FromSeconds(options.DrainSeconds));
        if (options.UsesTls) builder.Services.AddSingleton<GrpcCertificate>();
        Telemetry.Add(builder, options);
        builder.WebHost.ConfigureKestrel(kestrel => Listening.Configure(kestrel, options));
        var app = builder.Build();
        Telemetry.Map(app, options);
        Dashboard.Map(app, options);
        app.MapClassoundApi(options.ServiceNames);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        // Whether chargeable calls can be decided is no part of readiness: emergency calls must reach us all the same.
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => !check.Tags.Contains(ClassoundApi.Chargeable) });
        return app;
    }

    /// <summary>Where this process reaches its own gRPC port.</summary>
    private static string OwnAddress(ClassoundOptions options)
    {
        var address = IPAddress.Parse(options.ListenAddress);
        if (address.Equals(IPAddress.Any)) address = IPAddress.Loopback;
        if (address.Equals(IPAddress.IPv6Any)) address = IPAddress.IPv6Loopback;
        return $"http://{new IPEndPoint(address, options.GrpcPort)}";
    }

    private static IEnumerable<string> TakenPorts(ClassoundOptions options)
    {
        foreach (var (key, port) in new[]
        {
            ("GrpcPort", options.GrpcPort), ("HttpPort", options.HttpPort), ("GatewayPort", options.GatewayPort),
            options.SiloListenPort == 0 ? ("SiloPort", options.SiloPort) : ("SiloListenPort", options.SiloListenPort),
        })
        {
            if (port != 0 && !IsFree(IPAddress.Parse(options.ListenAddress), port))
                yield return $"{ClassoundOptions.Section}:{key}: port {port} is in use on {options.ListenAddress}; another Classound, or choose another port";
        }
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Refuse(int code, params IEnumerable<string> lines)
    {
        foreach (var line in lines) Console.Error.WriteLine("classound: " + line);
        return code;
    }
}
