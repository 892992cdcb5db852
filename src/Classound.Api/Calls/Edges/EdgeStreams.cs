using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls.Edges;

/// <summary>The streams that edges have open here: each is served until its edge is done, or the process stops.</summary>
public sealed class EdgeStreams(
    CallAnswers calls, Failures failures, IHostApplicationLifetime host, TimeProvider clock, IOptions<ClassoundApiOptions> options)
{
    private static readonly Meter Meter = new(PbxCalls.MeterName);
    private static readonly UpDownCounter<int> Open = Meter.CreateUpDownCounter<int>(
        "classound.api.edge_streams", "{stream}", "Streams of edges that are open here");

    /// <returns>When the stream may be ended.</returns>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the edge broke the stream's rules. UNAVAILABLE: the process stops.</exception>
    public async Task Serve(
        IAsyncStreamReader<Wire.ConnectRequest> requests, IServerStreamWriter<Wire.ConnectResponse> responses, ServerCallContext context)
    {
        Open.Add(1);
        using var stream = new EdgeStream(calls, failures, Caller.Of(context), responses, options.Value, clock);
        try
        {
            // The edge learns that somebody is there before it has asked anything.
            await context.WriteResponseHeadersAsync([]);
            await stream.Run(requests, context, host.ApplicationStopping);
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            // The edge has gone. What it asked goes on to its end, and it repeats what it got no answer to.
        }
        finally
        {
            Open.Add(-1);
        }
    }
}
