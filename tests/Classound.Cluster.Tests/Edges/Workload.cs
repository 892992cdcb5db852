using System.Collections.Concurrent;
using System.Globalization;
using Classound.Cluster.Tests.Parts;

namespace Classound.Cluster.Tests.Edges;

/// <summary>Workers that place one planned call after the other through all silos. What a call does follows from the seed alone.</summary>
/// <param name="edge">By which they go; null = one that knows each silo.</param>
internal sealed class Workload(ClusterRig rig, Books books, IReadOnlyList<WorkPbx> pbxs, int seed, int workers, Edge? edge = null) : IAsyncDisposable
{
    private static readonly TimeSpan FinishLimit = TimeSpan.FromMinutes(5);

    private readonly CallDriver _driver = new(edge ?? Edge.ToEach(rig.Nodes, books), books, () => rig.Now);
    private volatile bool _stopped;
    private bool _finished;
    private readonly ConcurrentBag<Task> _late = [];
    private Task _running = Task.CompletedTask;

    /// <summary>From now on no call is abandoned and none ends late: nothing is left to wait for.</summary>
    public bool EndsEveryCall { get; set; }

    /// <summary>Begins every call id.</summary>
    public string Prefix { get; init; } = "";

    public void Start() => _running = Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => Work(worker))));

    /// <summary>No new calls; returns when every end that will be reported has been answered, or after a limit, which is a breach.</summary>
    public async Task Finish()
    {
        _stopped = true;
        try
        {
            await _running.WaitAsync(FinishLimit);
            await Task.WhenAll(_late).WaitAsync(FinishLimit);
            _finished = true;
        }
        catch (TimeoutException)
        {
            books.Breach($"requests were not answered within {FinishLimit.TotalMinutes} minutes of the last fault");
            await BreakOff();
        }
    }

    /// <summary>
    /// Reports the end of some of the calls that were abandoned, when the sweep has closed them all: each corrects its closure.
    /// </summary>
    public async Task EndSomeAbandoned(int most)
    {
        var abandoned = books.Calls.Values
            .Where(call => call is { Plan.Shape: CallShape.Abandoned, Grant: not null, End: null }).OrderBy(call => call.Plan.CallId, StringComparer.Ordinal);
        await Task.WhenAll(abandoned.Take(most).Select(_driver.End)).WaitAsync(FinishLimit);
    }

    /// <summary>Of a run that failed: nothing is asked any more when the silos go away.</summary>
    public ValueTask DisposeAsync() => _finished ? ValueTask.CompletedTask : new ValueTask(BreakOff());

    private async Task BreakOff()
    {
        (_stopped, books.Over) = (true, true);
        await _running;
    }

    private async Task Work(int worker)
    {
        for (var number = 0; !_stopped; number++)
        {
            var random = new Random(HashCode(seed, worker, number));
            var callId = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{worker}-{number}");
            var plan = CallPlan.Draw(random, pbxs, callId, edge?.Ways ?? rig.Nodes.Count);
            if (EndsEveryCall && plan.Shape is CallShape.Abandoned or CallShape.Late) plan = plan with { Shape = CallShape.Plain };
            var play = Guarded(plan);
            if (plan.Shape == CallShape.Late) _late.Add(play);
            else await play;
            await Task.Delay(random.Next(0, 300));
        }
    }

    private async Task Guarded(CallPlan plan)
    {
        try
        {
            await _driver.Play(plan);
        }
        catch (Exception e)
        {
            books.Breach($"{plan.CallId}: the harness failed: {e}");
        }
    }

    // System.HashCode differs from process to process: the seed must not.
    private static int HashCode(int seed, int worker, int number) => unchecked((((seed * 31) + worker) * 1_000_003) + number);
}
