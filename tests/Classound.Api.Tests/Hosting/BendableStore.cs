using System.Reflection;
using Classound.Storage;

namespace Classound.Api.Tests.Hosting;

/// <summary>The real store, until a test takes it out of service.</summary>
public class BendableStore : DispatchProxy
{
    private ILedgerStore _inner = null!;
    private TaskCompletionSource _talking = Talking();

    /// <summary>Everything is refused at once, nothing is done.</summary>
    public bool IsOut { get; set; }

    /// <summary>By method and arguments: refused at once, nothing is done.</summary>
    public Func<string, object?[], bool> Breaks { get; set; } = (_, _) => false;

    /// <summary>Commits wait, neither done nor refused, as behind a broken cable. They go through when it ends.</summary>
    public bool IsSilent
    {
        get => !_talking.Task.IsCompleted;
        set
        {
            if (value) _talking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else _talking.TrySetResult();
        }
    }

    public static (ILedgerStore Store, BendableStore Bend) Around(ILedgerStore inner)
    {
        var store = Create<ILedgerStore, BendableStore>();
        var bend = (BendableStore)store;
        bend._inner = inner;
        return (store, bend);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (IsOut && targetMethod.Name == nameof(ILedgerStore.IsHealthyAsync)) return Task.FromResult(false);
        if (Breaks(targetMethod.Name, args ?? [])) throw new StoreUnavailableException("taken out by the test");
        if (IsOut && targetMethod.ReturnType.IsAssignableTo(typeof(Task))) throw new StoreUnavailableException("taken out by the test");
        return IsSilent && args is [LedgerCommit commit, CancellationToken ct] ? CommitLater(commit, ct) : targetMethod.Invoke(_inner, args);
    }

    private async Task<CommitResult> CommitLater(LedgerCommit commit, CancellationToken ct)
    {
        await _talking.Task;
        return await _inner.CommitAsync(commit, ct);
    }

    private static TaskCompletionSource Talking()
    {
        var talking = new TaskCompletionSource();
        talking.SetResult();
        return talking;
    }
}
