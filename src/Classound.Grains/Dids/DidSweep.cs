using Classound.Charging.Numbering;
using Classound.Grains.Pbxs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classound.Grains.Dids;

/// <summary>
/// Finishes or undoes what a crash left of operations on numbers. Every silo may run it: an operation is taken up by one of them at
/// a time, and doing it twice is harmless.
/// </summary>
public sealed class DidSweep(IGrainFactory grains, DidOperations operations, TimeProvider clock, ILogger<DidSweep> log) : BackgroundService
{
    /// <summary>Pause between two sweeps.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>One sweep: every operation begun at least <see cref="DidOwnership.Lease"/> ago is settled or tried again later.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        foreach (var operation in await operations.ListBegunBeforeAsync(clock.GetUtcNow() - DidOwnership.Lease))
        {
            ct.ThrowIfCancellationRequested();
            var number = E164Number.FromDigits(operation.Digits);
            try
            {
                await SettleAsync(operation.Id, number);
            }
            catch (Exception e)
            {
                DidLog.SweepFailed(log, number.Masked(), e);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    DidLog.ListFailed(log, e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops; the list is durable.
        }
    }

    private async Task SettleAsync(string operationId, E164Number number)
    {
        var grain = grains.GetGrain<IDidGrain>(DidGrain.KeyOf(number));
        var state = await grain.Describe();
        if (state.IsPending && state.OperationId == operationId)
        {
            if (!await grain.TakeUp(operationId)) return;
            var outcome = await OutcomeAsync(state, number);
            if (!await grain.Finish(operationId, outcome)) return;
            DidLog.Settled(log, number.Masked(), state.PbxId, state.Phase, outcome);
        }

        // Finished, replaced by another one with an entry of its own, or never begun: a driver begins at once or not at all.
        await operations.EndAsync(operationId, number);
    }

    /// <summary>A release is finished. Of a claim the PBX's ledger says whether it got so far.</summary>
    private async Task<DidPhase> OutcomeAsync(DidState state, E164Number number)
    {
        var pbx = grains.GetGrain<IPbxGrain>(state.PbxId);
        if (state.Phase is DidPhase.Claiming)
            return (await pbx.ListDids()).Any(did => did.Number == number && did.IsOwned) ? DidPhase.Owned : DidPhase.Free;
        await pbx.RemoveDid(number);
        return DidPhase.Free;
    }
}
