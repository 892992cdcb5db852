using Classound.Silo;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classound.Benchmarks.Processes;

/// <summary>The honest ceiling: a method that does nothing, behind the silo's own Kestrel settings and without its interceptor.</summary>
internal static class EmptyServer
{
    public const string Command = "empty-server";

    /// <summary>Serves until it is killed.</summary>
    public static async Task Run(ClassoundOptions options, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<Service>();
        builder.WebHost.ConfigureKestrel(kestrel => Listening.Configure(kestrel, options));
        await using var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync(cancellation);
        await app.WaitForShutdownAsync(cancellation);
    }

    private sealed class Service : EmptyService.EmptyServiceBase
    {
        private static readonly Task<Empty> Nothing = Task.FromResult(new Empty());

        public override Task<Empty> Call(Empty request, ServerCallContext context) => Nothing;
    }
}
