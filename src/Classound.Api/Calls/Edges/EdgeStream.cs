using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Grpc.Core;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls.Edges;

/// <summary>
/// The stream of one edge. One loop reads and takes requests up, one loop writes what is answered; a request has its place
/// until its answer was written, so that an edge which does not read its answers is soon not read either.
/// </summary>
internal sealed class EdgeStream(
    CallAnswers calls, Failures failures, Caller caller, IServerStreamWriter<Wire.ConnectResponse> responses,
    ClassoundApiOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>Requests that are worked on at once, or answered and not yet written.</summary>
    public const int MostInFlight = 1_024;

    // An answer has a few hundred bytes and, with all that can be wrong with a request, less than 16 KB: far from 4 MB together.
    private const int MostAnswersInAMessage = 256;

    private static readonly Meter Meter = new(PbxCalls.MeterName);
    private static readonly UpDownCounter<int> InFlight = Meter.CreateUpDownCounter<int>(
        "classound.api.edge_requests", "{request}", "Requests on streams of edges that are worked on, or whose answer was not written yet");

    private readonly SemaphoreSlim _places = new(MostInFlight);
    private readonly CancellationTokenSource _stopReading = new();

    // Null = it is time for GO_AWAY. No bound of its own: it never holds more than there are places.
    private readonly Channel<Wire.EdgeResponse?> _ready =
        Channel.CreateUnbounded<Wire.EdgeResponse?>(new UnboundedChannelOptions { SingleReader = true });

    // Requests without an answer, and one for the reader: at zero nothing more can become ready.
    private int _open = 1;
    private string _edgeId = "";

    /// <returns>When the edge is done and has its answers, or the process stops and was given them.</returns>
    public async Task Run(IAsyncStreamReader<Wire.ConnectRequest> requests, ServerCallContext context, CancellationToken stopping)
    {
        using var left = context.CancellationToken.Register(_stopReading.Cancel);
        await using var limit = clock.CreateTimer(_ => context.GetHttpContext().Abort(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var grace = clock.CreateTimer(_ => _stopReading.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var told = stopping.Register(() =>
        {
            _ready.Writer.TryWrite(null);
            grace.Change(options.GoAwayGrace, Timeout.InfiniteTimeSpan);
            limit.Change(options.GoAwayLimit, Timeout.InfiniteTimeSpan);
        });
        var reading = Read(requests);
        try
        {
            await Write(context.CancellationToken);
        }
        finally
        {
            // Either loop ends the other; what the reader has to say counts only where the writer could write.
            await _stopReading.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            InFlight.Add(_places.CurrentCount - MostInFlight);
        }
        await reading;
    }

    public void Dispose()
    {
        _stopReading.Dispose();
        _places.Dispose();
    }

    private async Task Read(IAsyncStreamReader<Wire.ConnectRequest> requests)
    {
        try
        {
            var first = true;
            while (await requests.MoveNext(_stopReading.Token))
            {
                var message = requests.Current;
                ConnectRequests.Check(message, first);
                if (first) _edgeId = message.Hello.EdgeId;
                first = false;
                foreach (var request in message.Requests)
                {
                    await _places.WaitAsync(_stopReading.Token);
                    InFlight.Add(1);
                    Interlocked.Increment(ref _open);
                    _ = Answer(request);
                }
            }
        }
        catch (OperationCanceledException) when (_stopReading.IsCancellationRequested)
        {
            throw Refusals.Unavailable("This silo is about to stop; continue on another stream.");
        }
        finally
        {
            Done();
        }
    }

    // Up to its first wait it runs in the reader's turn: the order in which an edge sends is the order in which grains are asked.
    private async Task Answer(Wire.EdgeRequest request)
    {
        var response = new Wire.EdgeResponse { CorrelationId = request.CorrelationId };
        try
        {
            switch (request.RequestCase)
            {
                case Wire.EdgeRequest.RequestOneofCase.Authorize:
                    if (request.Authorize.EdgeId.Length == 0) request.Authorize.EdgeId = _edgeId;
                    response.Authorize = await calls.Authorize(request.Authorize, caller);
                    break;
                case Wire.EdgeRequest.RequestOneofCase.Start:
                    response.Start = await calls.Start(request.Start, caller);
                    break;
                case Wire.EdgeRequest.RequestOneofCase.Extend:
                    response.Extend = await calls.Extend(request.Extend, caller);
                    break;
                case Wire.EdgeRequest.RequestOneofCase.End:
                    if (request.End.Details is { EdgeId.Length: 0 } details) details.EdgeId = _edgeId;
                    response.End = await calls.End(request.End, caller);
                    break;
                default:
                    throw ConnectRequests.NoRequest();
            }
        }
        catch (Exception e)
        {
            response.Error = failures.StatusOf(e, $"{request.RequestCase}Call");
        }
        _ready.Writer.TryWrite(response);
        Done();
    }

    private void Done()
    {
        if (Interlocked.Decrement(ref _open) == 0) _ready.Writer.TryComplete();
    }

    private void Free(int written)
    {
        // In this order: whoever takes a place that is free already would be counted beside the one who had it.
        InFlight.Add(-written);
        _places.Release(written);
    }

    private async Task Write(CancellationToken left)
    {
        var message = new Wire.ConnectResponse();
        while (await _ready.Reader.WaitToReadAsync(left))
        {
            while (message.Responses.Count < MostAnswersInAMessage && _ready.Reader.TryRead(out var answer))
            {
                if (answer is not null) message.Responses.Add(answer);
                else message.GoAway = new Wire.GoAway { GraceMs = (int)options.GoAwayGrace.TotalMilliseconds };
            }
            await responses.WriteAsync(message, CancellationToken.None);
            if (message.Responses.Count > 0) Free(message.Responses.Count);
            message.Responses.Clear();
            message.GoAway = null;
        }
    }
}
