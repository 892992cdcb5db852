using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using Classound.Storage.Tests.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Classound.EndToEnd.Tests.Telemetry;

/// <summary>An OTLP collector: takes what a silo exports over gRPC, and keeps the spans.</summary>
public sealed class Collector : IAsyncDisposable
{
    private const string TraceExport = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private const int GrpcHeaderBytes = 5;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private Collector(WebApplication app, int port) => (_app, Address) = (app, $"http://127.0.0.1:{port}");

    public string Address { get; }

    public static async Task<Collector> Start()
    {
        var port = Ports.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        var collector = new Collector(builder.Build(), port);
        collector._app.Run(collector.Take);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All spans that have come, as soon as they satisfy the question; a silo exports them every few seconds.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> Until(Func<IReadOnlyList<ReceivedSpan>, bool> complete, TimeSpan limit)
    {
        using var tooLong = new CancellationTokenSource(limit);
        while (!complete([.. _spans])) await _arrived.WaitAsync(tooLong.Token);
        return [.. _spans];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.Path == TraceExport)
        {
            var message = body.ToArray();
            var length = BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(1));
            foreach (var span in ReceivedSpan.ReadAll(message[GrpcHeaderBytes..(GrpcHeaderBytes + length)])) _spans.Enqueue(span);
            _arrived.Release();
        }
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[GrpcHeaderBytes]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
