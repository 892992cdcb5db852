using System.Net;
using System.Threading.Channels;
using Classound.Contracts.Calls.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Classound.Client.Tests;

/// <summary>A silo that does on each stream what the test says, over real HTTP/2.</summary>
public sealed class ScriptedSilo : CallService.CallServiceBase, IAsyncDisposable
{
    private readonly Channel<ScriptedStream> _streams = Channel.CreateUnbounded<ScriptedStream>();
    private WebApplication _app = null!;

    public Uri Address { get; private set; } = null!;

    public static async Task<ScriptedSilo> Start()
    {
        var silo = new ScriptedSilo();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(silo);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        silo._app = builder.Build();
        silo._app.MapGrpcService<ScriptedSilo>();
        await silo._app.StartAsync();
        silo.Address = new Uri(silo._app.Urls.Single());
        return silo;
    }

    /// <summary>The next stream that an edge opens.</summary>
    public ValueTask<ScriptedStream> NextStream() => _streams.Reader.ReadAsync();

    public bool HasNoMoreStreams => _streams.Reader.Count == 0;

    public override async Task Connect(
        IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync([]);
        var stream = new ScriptedStream(requestStream, responseStream);
        _streams.Writer.TryWrite(stream);
        await stream.Over;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

/// <summary>A stream as the silo has it.</summary>
public sealed class ScriptedStream(IAsyncStreamReader<ConnectRequest> requests, IServerStreamWriter<ConnectResponse> responses)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<EdgeRequest> _read = new();

    internal Task Over => _over.Task;

    public string EdgeId { get; private set; } = "";

    public int Messages { get; private set; }

    /// <summary>The next request; null once the edge has half-closed.</summary>
    public async Task<EdgeRequest?> Next()
    {
        while (_read.Count == 0)
        {
            if (!await requests.MoveNext(CancellationToken.None)) return null;
            Messages++;
            if (requests.Current.Hello is { } hello) EdgeId = hello.EdgeId;
            foreach (var request in requests.Current.Requests) _read.Enqueue(request);
        }
        return _read.Dequeue();
    }

    public async Task<List<EdgeRequest>> Next(int count)
    {
        var found = new List<EdgeRequest>();
        while (found.Count < count) found.Add(await Next() ?? throw new InvalidOperationException("the edge has half-closed"));
        return found;
    }

    public Task Answer(params IEnumerable<EdgeResponse> answers) => responses.WriteAsync(new ConnectResponse { Responses = { answers } });

    /// <summary>Grants with the call's id as its destination, so that each answer is its request's own.</summary>
    public Task Grant(params IEnumerable<EdgeRequest> asked) => Answer(asked.Select(request => new EdgeResponse
    {
        CorrelationId = request.CorrelationId,
        Authorize = new AuthorizeCallResponse { Grant = new CallGrant { Destination = request.Authorize.CallId } },
    }));

    public Task SayGoAway() => responses.WriteAsync(new ConnectResponse { GoAway = new GoAway { GraceMs = 5_000 } });

    public void End() => _over.TrySetResult();

    public void Break(StatusCode code) => _over.TrySetException(new RpcException(new Status(code, "broken by the test")));
}
