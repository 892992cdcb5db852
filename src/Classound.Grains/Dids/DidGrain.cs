using System.Globalization;
using Classound.Charging.Numbering;
using Classound.Grains.Pbxs;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classound.Grains.Dids;

/// <inheritdoc cref="IDidGrain"/>
[GrainType("did")]
public sealed class DidGrain(
    [PersistentState("did", GrainStorageNames.Classound)] IPersistentState<DidState> stored, TimeProvider clock, ILogger<DidGrain> log)
    : Grain, IDidGrain
{
    private DidState State => stored.State;

    /// <summary>The key of a number's grain.</summary>
    public static string KeyOf(E164Number number) => number.Digits.ToString(CultureInfo.InvariantCulture);

    public Task<DidState> Describe() => Task.FromResult(State);

    public async Task<DidState> Claim(string pbxId, string operationId)
    {
        if (State.Phase is DidPhase.Free || IsLeftBy(pbxId, DidPhase.Claiming))
            await Store(Pending(DidPhase.Claiming, pbxId, operationId));
        return State;
    }

    public async Task<DidState> BeginRelease(string pbxId, string operationId)
    {
        if (State.Phase is DidPhase.Free || State.IsOwnedBy(pbxId) || IsLeftBy(pbxId, DidPhase.Releasing))
            await Store(Pending(DidPhase.Releasing, pbxId, operationId));
        return State;
    }

    public async Task<bool> TakeUp(string operationId)
    {
        if (!IsLeft || State.OperationId != operationId) return false;
        await Store(State with { OperationAt = clock.GetUtcNow() });
        return true;
    }

    public async Task<bool> Finish(string operationId, DidPhase outcome)
    {
        if (!State.IsPending || State.OperationId != operationId) return false;
        await Store(outcome is DidPhase.Owned ? new DidState { Phase = DidPhase.Owned, PbxId = State.PbxId } : new DidState());
        return true;
    }

    private bool IsLeft => State.IsPending && clock.GetUtcNow() - State.OperationAt >= DidOwnership.Lease;

    private bool IsLeftBy(string pbxId, DidPhase phase) => IsLeft && State.Phase == phase && State.PbxId == pbxId;

    private DidState Pending(DidPhase phase, string pbxId, string operationId) => new()
    {
        Phase = phase,
        PbxId = pbxId,
        OperationId = operationId,
        OperationAt = clock.GetUtcNow(),
    };

    private async Task Store(DidState next)
    {
        var before = State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception e)
        {
            // It may be stored nevertheless: the next activation reads what is true.
            stored.State = before;
            DeactivateOnIdle();
            DidLog.WriteFailed(log, e);
            throw new ChargingUnavailableException("the number's owner cannot be stored now; repeat the request");
        }
    }
}
