using Classound.Grains.Pbxs;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classound.Grains.Dids;

/// <summary>What a shard stores. The list is replaced, never changed in place.</summary>
public sealed class DidOperationsState
{
    public List<DidOperation> Operations { get; set; } = [];
}

/// <inheritdoc cref="IDidOperationsGrain"/>
[GrainType("did-operations")]
public sealed class DidOperationsGrain(
    [PersistentState("operations", GrainStorageNames.Classound)] IPersistentState<DidOperationsState> stored,
    TimeProvider clock, ILogger<DidOperationsGrain> log) : Grain, IDidOperationsGrain
{
    private List<DidOperation> Operations => stored.State.Operations;

    public Task Begin(string operationId, ulong digits) =>
        Store([.. Operations, new DidOperation { Id = operationId, Digits = digits, BegunAt = clock.GetUtcNow() }]);

    public Task End(string operationId) => Operations.Exists(operation => operation.Id == operationId)
        ? Store([.. Operations.Where(operation => operation.Id != operationId)])
        : Task.CompletedTask;

    public Task<IReadOnlyList<DidOperation>> ListBegunBefore(DateTimeOffset time)
    {
        IReadOnlyList<DidOperation> found =
            Operations.Where(operation => operation.BegunAt <= time).OrderBy(operation => operation.BegunAt).ToList();
        return Task.FromResult(found);
    }

    private async Task Store(List<DidOperation> operations)
    {
        var before = stored.State;
        stored.State = new DidOperationsState { Operations = operations };
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception e)
        {
            stored.State = before;
            DeactivateOnIdle();
            DidLog.WriteFailed(log, e);
            throw new ChargingUnavailableException("the operation on the number cannot be stored now; repeat the request");
        }
    }
}
