using System.Reflection;
using Classound.Storage;

namespace Classound.Api.Tests.Hosting;

/// <summary>The real store, as long as its <see cref="StoreBend"/> lets it be.</summary>
public class BendableStore : DispatchProxy
{
    private ILedgerStore _inner = null!;
    private StoreBend _bend = null!;

    public static ILedgerStore Around(ILedgerStore inner, StoreBend bend)
    {
        var store = Create<ILedgerStore, BendableStore>();
        var proxy = (BendableStore)(object)store;
        (proxy._inner, proxy._bend) = (inner, bend);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (_bend.IsOut && targetMethod.Name == nameof(ILedgerStore.IsHealthyAsync)) return Task.FromResult(false);
        if (_bend.Breaks(targetMethod.Name, args ?? [])) throw new StoreUnavailableException("taken out by the test");
        if (_bend.IsOut && targetMethod.ReturnType.IsAssignableTo(typeof(Task))) throw new StoreUnavailableException("taken out by the test");
        return _bend.IsSilent && args is [LedgerCommit commit, CancellationToken ct] ? CommitLater(commit, ct) : targetMethod.Invoke(_inner, args);
    }

    private async Task<CommitResult> CommitLater(LedgerCommit commit, CancellationToken ct)
    {
        await _bend.UntilTalking();
        return await _inner.CommitAsync(commit, ct);
    }
}
