using Classound.Contracts.Calls.V1;
using Grpc.Core;

namespace Classound.Client;

/// <summary>
/// The calls of one edge over one stream (Connect): opened with the first request, and opened anew, on another silo, when it
/// is lost or its silo is about to stop. Safe for use by many threads at once.
/// </summary>
/// <remarks>
/// Every method throws <see cref="RpcException"/> with the status that the unary RPC would have ended with. UNAVAILABLE
/// and DEADLINE_EXCEEDED mean that the outcome is unknown: repeat the same request, as its RPC says. Nothing is repeated here.
/// </remarks>
public sealed partial class EdgeConnection : IAsyncDisposable
{
    /// <summary>Requests in flight that the service takes on one stream, less some for what it has not written yet.</summary>
    public const int MostInFlight = 1_000;

    private const int MostBytesOfARequest = 64 * 1024;

    private readonly EdgeConnectionOptions _options;
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _reportPlaces;

    /// <param name="silos">Where silos are reached, in the order in which they are tried. Let each edge begin with another one.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">No silo, or a number out of its range.</exception>
    public EdgeConnection(IEnumerable<Uri> silos, EdgeConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInFlight, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxInFlight, MostInFlight, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxReportsInFlight, 1, nameof(options));
        _silos = [.. silos.Select(address => new Silo(address))];
        if (_silos.Length == 0) throw new ArgumentException("There is no silo to connect to.", nameof(silos));
        _options = options;
        _places = new SemaphoreSlim(options.MaxInFlight);
        _reportPlaces = new SemaphoreSlim(options.MaxReportsInFlight);
        _sweep = options.Clock.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
    }

    internal string EdgeId => _options.EdgeId;

    internal long Now => _options.Clock.GetTimestamp();

    public Task<AuthorizeCallResponse> AuthorizeAsync(AuthorizeCallRequest request, CancellationToken cancellation = default) =>
        Decide(new EdgeRequest { Authorize = request }, static response => response.Authorize, cancellation);

    public Task<StartCallResponse> StartAsync(StartCallRequest request, CancellationToken cancellation = default) =>
        Report(new EdgeRequest { Start = request }, static response => response.Start, cancellation);

    public Task<ExtendCallResponse> ExtendAsync(ExtendCallRequest request, CancellationToken cancellation = default) =>
        Decide(new EdgeRequest { Extend = request }, static response => response.Extend, cancellation);

    public Task<EndCallResponse> EndAsync(EndCallRequest request, CancellationToken cancellation = default) =>
        Report(new EdgeRequest { End = request }, static response => response.End, cancellation);

    private Task<T> Decide<T>(EdgeRequest request, Func<EdgeResponse, T?> pick, CancellationToken cancellation)
        where T : class => Ask(new PendingCall<T>(request, isReport: false, After(_options.DecisionTimeout), pick), cancellation);

    private Task<T> Report<T>(EdgeRequest request, Func<EdgeResponse, T?> pick, CancellationToken cancellation)
        where T : class => Ask(new PendingCall<T>(request, isReport: true, After(_options.ReportTimeout), pick), cancellation);

    private Task<T> Ask<T>(PendingCall<T> call, CancellationToken cancellation)
        where T : class
    {
        if (call.Size > MostBytesOfARequest)
            return Task.FromException<T>(Losses.Error(StatusCode.InvalidArgument, $"The request has {call.Size} bytes; expected at most {MostBytesOfARequest}."));
        if (!TryTakePlace(call)) return AskInTurn(call, cancellation);
        Send(call);
        return cancellation.CanBeCanceled ? call.Task.WaitAsync(cancellation) : call.Task;
    }

    private async Task<T> AskInTurn<T>(PendingCall<T> call, CancellationToken cancellation)
        where T : class
    {
        if (call.IsReport && !await _reportPlaces.WaitAsync(Until(call.Deadline), cancellation)) throw Losses.TimedOut();
        var placed = false;
        try
        {
            placed = await _places.WaitAsync(Until(call.Deadline), cancellation);
        }
        finally
        {
            if (!placed && call.IsReport) _reportPlaces.Release();
        }
        if (!placed) throw Losses.TimedOut();
        Send(call);
        return await call.Task.WaitAsync(cancellation);
    }

    private bool TryTakePlace(PendingCall call)
    {
        if (call.IsReport && !_reportPlaces.Wait(0)) return false;
        if (_places.Wait(0)) return true;
        if (call.IsReport) _reportPlaces.Release();
        return false;
    }

    /// <summary>These are answered, or lost: others may have their places.</summary>
    internal void Free(int calls, int reports)
    {
        if (reports > 0) _reportPlaces.Release(reports);
        if (calls > 0) _places.Release(calls);
    }

    private long After(TimeSpan timeout) => Now + (long)(timeout.TotalSeconds * _options.Clock.TimestampFrequency);

    private TimeSpan Until(long deadline) => _options.Clock.GetElapsedTime(Now, deadline) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
