using Classound.Cluster.Tests.Parts;
using Grpc.Core;

namespace Classound.Cluster.Tests.Changes;

/// <summary>
/// What a headless service of Kubernetes says: which silos are there to be asked. One is offered when it has said that it is ready, and
/// for as long as DNS and its readers take it is offered after it has said otherwise, or died.
/// </summary>
internal sealed class HeadlessService : IAsyncDisposable
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Between "not ready" and the last edge that has heard of it.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly CancellationTokenSource _over = new();
    private readonly Task _watching;
    private volatile IReadOnlyList<SiloNode> _offered = [];
    private int _next;

    public HeadlessService(IReadOnlyList<SiloNode> nodes) => _watching = Task.WhenAll(nodes.Select(Watch));

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<SiloNode> Offered => _offered;

    public event Action? Changed;

    /// <summary>By turns, as who asks once for an address gets one.</summary>
    public SiloNode Next()
    {
        var offered = _offered;
        if (offered.Count == 0) throw new RpcException(new Status(StatusCode.Unavailable, "no silo is ready"));
        return offered[(int)((uint)Interlocked.Increment(ref _next) % offered.Count)];
    }

    public async Task Until(int silos)
    {
        while (_offered.Count != silos) await Task.Delay(20, _over.Token); // they are other programs: nothing tells us but asking
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching;
        _http.Dispose();
        _over.Dispose();
    }

    private async Task Watch(SiloNode node)
    {
        try
        {
            using var turn = new PeriodicTimer(AskEvery);
            while (await turn.WaitForNextTickAsync(_over.Token))
            {
                var ready = await IsReady(node);
                if (ready == _offered.Contains(node)) continue;
                if (!ready)
                {
                    await Task.Delay(Lag, _over.Token);
                    if (await IsReady(node)) continue; // it was only late
                }
                lock (_http) _offered = ready ? [.. _offered, node] : [.. _offered.Where(other => other != node)];
                Changed?.Invoke();
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private async Task<bool> IsReady(SiloNode node)
    {
        try
        {
            using var answer = await _http.GetAsync(node.Ready, _over.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !_over.IsCancellationRequested)
        {
            return false;
        }
    }
}
