using System.Reflection;
using Classound.Storage;

namespace Classound.Api.Tests.Hosting;

/// <summary>The real store, until a test takes it out of service.</summary>
public class BendableStore : DispatchProxy
{
    private ILedgerStore _inner = null!;

    public bool IsOut { get; set; }

    /// <summary>Commits are neither done nor refused, as behind a broken cable.</summary>
    public bool IsSilent { get; set; }

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
        if (IsSilent && targetMethod.Name == nameof(ILedgerStore.CommitAsync)) return new TaskCompletionSource<CommitResult>().Task;
        if (IsOut && targetMethod.Name == nameof(ILedgerStore.IsHealthyAsync)) return Task.FromResult(false);
        if (IsOut && targetMethod.ReturnType.IsAssignableTo(typeof(Task))) throw new StoreUnavailableException("taken out by the test");
        return targetMethod.Invoke(_inner, args);
    }
}
