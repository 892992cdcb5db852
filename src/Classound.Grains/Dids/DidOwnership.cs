using Classound.Charging;
using Classound.Charging.Numbering;
using Classound.Grains.Pbxs;
using Microsoft.Extensions.Logging;

namespace Classound.Grains.Dids;

/// <summary>
/// Drives the claim protocol, so that a number has one owner in the whole system although its owner is stored in two places: the
/// number's grain is PENDING, then the PBX's ledger changes, then the grain is OWNED; a release goes through the same in reverse. Neither
/// grain calls the other. Every method may be repeated after a crash at any step: an operation that was left unfinished blocks
/// the number for <see cref="Lease"/>, then a repeat or the sweep continues it.
/// </summary>
/// <param name="newOperationId">Makes ids that never repeat.</param>
public sealed class DidOwnership(
    IGrainFactory grains, DidOperations operations, TimeProvider clock, Func<string> newOperationId, ILogger<DidOwnership> log)
{
    /// <summary>
    /// How long an operation is its driver's alone. Far above <see cref="Deadline"/> and the time after which a message to a grain
    /// is dropped, together: what an abandoned operation sent last has arrived by then, or never will.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>A driver that was held up longer stops before its next step; otherwise it could act on a number that moved on.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Gives a number to a PBX. A HOSTED or PORTED one is owned when this returns. An EXTERNAL one owns nothing before
    /// <see cref="VerifyAsync"/> (R9), so it claims nothing, or anybody could block a number that is not theirs.
    /// </summary>
    /// <exception cref="ChargingUnavailableException">It may or may not have been done; repeat it.</exception>
    public async Task<DidReply> ClaimAsync(string pbxId, E164Number number, DidKind kind)
    {
        if (await Pbx(pbxId).Describe() is null) return DidReply.Refused(DidRefusal.PbxUnknown);
        var state = await Grain(number).Describe();
        if (state.Phase is DidPhase.Owned)
            return state.PbxId == pbxId ? await RepeatAsync(pbxId, number, kind) : DidReply.Refused(DidRefusal.TakenByAnother);
        var did = new Did(number, kind, Verified: kind != DidKind.External);
        if (kind != DidKind.External) return await ChangeAsync(pbxId, number, () => Pbx(pbxId).AddDid(did));
        RequireIdle(state);
        var added = await Pbx(pbxId).AddDid(did);
        return Reply(added.Refusal, await FindAsync(pbxId, number));
    }

    /// <summary>The operator has verified that an EXTERNAL number is the PBX's: from now on it is owned.</summary>
    /// <exception cref="ChargingUnavailableException">It may or may not have been done; repeat it.</exception>
    public async Task<DidReply> VerifyAsync(string pbxId, E164Number number)
    {
        if (await Pbx(pbxId).Describe() is null) return DidReply.Refused(DidRefusal.PbxUnknown);
        if (await FindAsync(pbxId, number) is not { } did) return DidReply.Refused(DidRefusal.DidUnknown);
        if (did.Kind != DidKind.External) return DidReply.Refused(DidRefusal.NotExternal);
        var state = await Grain(number).Describe();
        if (state.Phase is DidPhase.Owned && state.PbxId != pbxId) return DidReply.Refused(DidRefusal.TakenByAnother);
        if (state.IsOwnedBy(pbxId) && did.Verified) return new DidReply(DidRefusal.None, did);
        return await ChangeAsync(pbxId, number, () => Pbx(pbxId).VerifyDid(number));
    }

    /// <summary>Takes a number from a PBX, so that another one may have it. What the PBX does not have is released already.</summary>
    /// <exception cref="ChargingUnavailableException">It may or may not have been done; repeat it.</exception>
    public async Task<DidReply> ReleaseAsync(string pbxId, E164Number number)
    {
        if (await Pbx(pbxId).Describe() is null) return DidReply.Refused(DidRefusal.PbxUnknown);
        var state = await Grain(number).Describe();
        var has = await FindAsync(pbxId, number) is not null;
        if (state.Phase is DidPhase.Free && !has) return DidReply.Released;
        if (state.Phase is DidPhase.Owned && state.PbxId != pbxId)
        {
            // At most an unverified EXTERNAL one, which the owner's grain knows nothing of.
            if (has) await Pbx(pbxId).RemoveDid(number);
            return DidReply.Released;
        }

        await RunAsync(number, async operation =>
        {
            operation.Require(await Grain(number).BeginRelease(pbxId, operation.Id));
            await Pbx(pbxId).RemoveDid(number);
            await operation.FinishAsync(DidPhase.Free);
        });
        return DidReply.Released;
    }

    /// <summary>PENDING, then the PBX, then OWNED; or free again where the PBX refuses.</summary>
    private async Task<DidReply> ChangeAsync(string pbxId, E164Number number, Func<Task<ProvisioningReply>> change)
    {
        var reply = DidReply.Refused(DidRefusal.TakenByAnother);
        await RunAsync(number, async operation =>
        {
            var state = await Grain(number).Claim(pbxId, operation.Id);
            if (state.Phase is DidPhase.Owned && state.PbxId != pbxId) return;
            operation.Require(state);
            var refusal = (await change()).Refusal;
            var did = await FindAsync(pbxId, number);
            reply = Reply(refusal, did);
            // Also when refused: it may have the number as another kind, and then it is owned, unless that one is unverified.
            await operation.FinishAsync(did is { IsOwned: true } ? DidPhase.Owned : DidPhase.Free);
        });
        return reply;
    }

    private async Task<DidReply> RepeatAsync(string pbxId, E164Number number, DidKind kind)
    {
        // Only a read: an owned number changes under an operation alone, and this is none.
        if (await FindAsync(pbxId, number) is not { } did) throw Busy();
        return did.Kind == kind ? new DidReply(DidRefusal.None, did) : DidReply.Refused(DidRefusal.OtherKind);
    }

    private static DidReply Reply(ProvisioningRefusal refusal, Did? did) => refusal switch
    {
        ProvisioningRefusal.None => new DidReply(DidRefusal.None, did),
        ProvisioningRefusal.PbxUnknown => DidReply.Refused(DidRefusal.PbxUnknown),
        ProvisioningRefusal.DidExists => DidReply.Refused(DidRefusal.OtherKind),
        ProvisioningRefusal.DidUnknown => DidReply.Refused(DidRefusal.DidUnknown),
        ProvisioningRefusal.DidNotExternal => DidReply.Refused(DidRefusal.NotExternal),
        _ => throw new InvalidOperationException($"a number was refused as {refusal}"),
    };

    private async Task RunAsync(E164Number number, Func<Operation, Task> steps)
    {
        RequireIdle(await Grain(number).Describe());
        var operation = new Operation(newOperationId(), Grain(number), clock);
        await operations.BeginAsync(operation.Id, number);
        operation.RequireTime();
        await steps(operation);
        try
        {
            await operations.EndAsync(operation.Id, number);
        }
        catch (Exception e)
        {
            // Done all the same; the sweep finds it finished and strikes it off.
            DidLog.NotStruckOff(log, number.Masked(), e);
        }
    }

    private async Task<Did?> FindAsync(string pbxId, E164Number number) =>
        (await Pbx(pbxId).ListDids()).FirstOrDefault(did => did.Number == number);

    private IPbxGrain Pbx(string pbxId) => grains.GetGrain<IPbxGrain>(pbxId);

    private IDidGrain Grain(E164Number number) => grains.GetGrain<IDidGrain>(DidGrain.KeyOf(number));

    private void RequireIdle(DidState state)
    {
        if (state.IsPending && clock.GetUtcNow() - state.OperationAt < Lease) throw Busy();
    }

    private static ChargingUnavailableException Busy() => new("another change of this number is under way; repeat the request");

    /// <summary>One run through the protocol.</summary>
    private sealed class Operation(string id, IDidGrain grain, TimeProvider clock)
    {
        private readonly long _begun = clock.GetTimestamp();

        public string Id => id;

        /// <summary>Goes on only with the number reserved for this operation, and in time.</summary>
        public void Require(DidState state)
        {
            if (state.OperationId != id) throw Busy();
            RequireTime();
        }

        public void RequireTime()
        {
            if (clock.GetElapsedTime(_begun) > Deadline)
                throw new ChargingUnavailableException("the change of this number took too long; repeat the request in a minute");
        }

        public async Task FinishAsync(DidPhase outcome)
        {
            if (!await grain.Finish(id, outcome)) throw Busy();
        }
    }
}
