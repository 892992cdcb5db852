using System.Diagnostics;
using Classound.Charging;
using Classound.Storage;
using Classound.Storage.Mapping;
using Microsoft.Extensions.Logging;

namespace Classound.Grains.Pbxs;

/// <summary>What became of a batch of changes that reached the store.</summary>
/// <param name="Withdrawn">Authorisations that were taken back because their call is settled already.</param>
internal sealed record CommittedBatch(IReadOnlyCollection<string> Withdrawn)
{
    public static readonly CommittedBatch Plain = new([]);
}

/// <summary>
/// Makes a PBX's changes durable: one commit is in flight, the next carries what gathered meanwhile. Runs on the grain's
/// own turns, so nothing here races with decisions except across an await.
/// </summary>
internal sealed partial class LedgerWriter(
    ILedgerStore store, Pbx pbx, LedgerVersion? stored, NewerFields newer, string nonce, KnownVersions versions, TimeProvider clock, PbxGrainOptions options,
    ILogger logger)
{
    private readonly long _epoch = (stored?.Epoch ?? 0) + 1;
    private LedgerVersion? _stored = stored;
    private long _sequence;
    private TaskCompletionSource<CommittedBatch>? _next;
    private TaskCompletionSource<CommittedBatch>? _inFlight;
    private List<ActivityContext>? _traced;
    private Task? _confirming;
    private long _sentAt;
    private long? _troubledAt;

    // The latest moment at which what is in memory was known to be what is stored.
    private long _confirmedAt = clock.GetTimestamp();

    /// <summary>Set when working state can no longer be trusted: the activation must go.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether a commit has been without an answer for so long that new changes must not queue behind it.</summary>
    public bool IsSilent => _inFlight is not null && clock.GetElapsedTime(_sentAt) > options.StoreSilenceLimit;

    /// <summary>Whether a commit was slow or unknown a short time ago: reports were refused then, and may be on their way again.</summary>
    public bool WasTroubled => IsSilent || (_troubledAt is { } at && clock.GetElapsedTime(at) < options.OutageGrace);

    /// <summary>Completes when everything changed until now is durable; fails when it is not, or not known to be.</summary>
    public Task<CommittedBatch> Flush()
    {
        // Nothing is pending any more after a failure, but what was changed is not durable either.
        if (Failed) return Task.FromException<CommittedBatch>(Lost());
        if (!pbx.HasChanges && _next is null) return _inFlight?.Task ?? Confirmed();
        _next ??= new TaskCompletionSource<CommittedBatch>(TaskCreationOptions.RunContinuationsAsynchronously);
        _traced = LedgerTrace.Join(_traced);
        var mine = _next.Task;
        if (_inFlight is null) _ = Run();
        return mine;
    }

    /// <summary>
    /// Makes sure that nobody else has written this PBX up to <paramref name="within"/> ago: before an answer from memory. A
    /// silo that was frozen, or is cut off from its peers, does not know that another one has its PBXs now.
    /// </summary>
    /// <exception cref="ChargingUnavailableException">Somebody has, or the store cannot say.</exception>
    public Task Confirm(TimeSpan within)
    {
        if (Failed) return Task.FromException(Lost());
        if (within > TimeSpan.Zero && clock.GetElapsedTime(_confirmedAt) <= within) return Task.CompletedTask;
        // A commit tells it too, and has perhaps moved the version already.
        return within > TimeSpan.Zero ? _inFlight?.Task ?? (_confirming ??= ReadVersion()) : ConfirmFromNow();
    }

    // What is on its way may have been executed before the other one wrote, its reply be late. Once it is back, whatever runs
    // has begun after the question.
    private async Task ConfirmFromNow()
    {
        var (commit, read) = (_inFlight, _confirming);
        if (commit is not null) await commit.Task;
        if (read is not null) await read;
        if (Failed) throw Lost();
        await (_inFlight?.Task ?? (_confirming ??= ReadVersion()));
    }

    /// <summary>Completes when nothing is on its way to the store any more, whatever became of it.</summary>
    public Task Drained() => (_next ?? _inFlight)?.Task ?? Task.CompletedTask;

    private async Task<CommittedBatch> Confirmed()
    {
        await Confirm(options.StaleAfter);
        return CommittedBatch.Plain;
    }

    private async Task ReadVersion()
    {
        var (asked, sequence) = (clock.GetTimestamp(), _sequence);
        try
        {
            // Never done before it is kept: it would stay as the answer to every later question.
            await Task.Yield();
            var found = await store.LoadVersionAsync(pbx.Id, CancellationToken.None);
            // Own commits meanwhile: the version may be read before or after them, and their outcome says the same.
            if (_inFlight is { } commit) await commit.Task;
            else if (_sequence != sequence) return;
            else if (found != _stored)
            {
                Failed = true;
                versions.Check(logger, pbx.Id, _stored, found);
                LogTakenOver(pbx.Id, found?.Epoch ?? 0, _stored?.Epoch ?? 0);
                throw new ChargingUnavailableException("another activation owns this PBX; repeat the request") { OwnerChanged = true };
            }
            else _confirmedAt = asked;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreOutcomeUnknownException)
        {
            throw new ChargingUnavailableException("the ledger cannot be read now: " + e.Message);
        }
        finally
        {
            _confirming = null;
        }
    }

    private async Task Run()
    {
        while (_next is { } batch)
        {
            (_next, _inFlight) = (null, batch);
            using var span = LedgerTrace.Start(ref _traced);
            try
            {
                batch.TrySetResult(await Commit());
            }
            catch (Exception e)
            {
                span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
                Fail(batch, e);
            }
            _inFlight = null;
        }
    }

    private async Task<CommittedBatch> Commit()
    {
        if (Failed) throw Lost();
        var changes = pbx.TakeChanges();
        var commit = new LedgerCommit { PbxId = pbx.Id, Expected = _stored, Next = new LedgerVersion(_epoch, nonce, _sequence) };
        StoredPbx.Write(pbx, changes, commit, newer);
        _sentAt = clock.GetTimestamp();
        var result = await Send(commit);
        var withdrawn = CommittedBatch.Plain;
        if (result.Outcome == CommitOutcome.AlreadySettled)
        {
            withdrawn = new CommittedBatch(result.SettledCallIds);
            commit = await Withdraw(commit, changes, result.SettledCallIds);
            if (commit.Changes.Count == 0) return withdrawn;
            result = await Send(commit);
        }
        if (result.Outcome is not (CommitOutcome.Committed or CommitOutcome.AlreadyCommitted))
            throw Fenced(result);
        if (clock.GetElapsedTime(_sentAt) > options.StoreSilenceLimit) _troubledAt = clock.GetTimestamp();
        _stored = commit.Next;
        versions.Stored(pbx.Id, commit.Next);
        _sequence++;
        _confirmedAt = _sentAt;
        return withdrawn;
    }

    /// <summary>
    /// Takes back late copies of authorisations. Only a call that nothing else happened to can go without a trace;
    /// otherwise the working state is given up and the next activation reads the truth.
    /// </summary>
    private async Task<LedgerCommit> Withdraw(LedgerCommit commit, PbxChanges changes, IReadOnlyList<string> settled)
    {
        var ghosts = settled.ToHashSet(StringComparer.Ordinal);
        foreach (var id in ghosts)
        {
            if (changes.Authorised.Any(call => call.CallId == id && ReferenceEquals(pbx.Calls.GetValueOrDefault(id), call))) continue;
            await RemoveStoredGhosts(commit, settled);
            throw new ChargingUnavailableException("a settled call was opened again meanwhile; repeat the request") { OwnerChanged = true };
        }
        foreach (var id in ghosts) pbx.Withdraw(id);
        LogWithdrawn(pbx.Id, ghosts.Count);
        return StoredPbx.Without(commit, ghosts);
    }

    // Were such a call active in the store too, each activation would meet it again and fail again: it is taken out here,
    // under the token of the refused commit, before this activation goes.
    private async Task RemoveStoredGhosts(LedgerCommit refused, IReadOnlyList<string> settled)
    {
        var removal = new LedgerCommit { PbxId = pbx.Id, Expected = refused.Expected, Next = refused.Next };
        StoredPbx.RemoveGhosts(removal, settled);
        await Send(removal);
        LogWithdrawn(pbx.Id, settled.Count);
    }

    private ChargingUnavailableException Fenced(CommitResult result) => new(
        versions.Check(logger, pbx.Id, _stored, result.Stored)
            ? "the store has older data than it had: it was restored, or has lost writes"
            : $"the ledger answered {result.Outcome}: another activation owns this PBX")
    { OwnerChanged = true };

    private static ChargingUnavailableException Lost() => new("this activation lost its ledger; repeat the request") { OwnerChanged = true };

    /// <summary>Sends one commit until its outcome is definite: after an unknown one, the very same commit again.</summary>
    private async Task<CommitResult> Send(LedgerCommit commit)
    {
        var pause = options.FirstResendPause;
        var resending = false;
        while (true)
        {
            try
            {
                return await store.CommitAsync(commit, CancellationToken.None);
            }
            catch (StoreOutcomeUnknownException e) when (clock.GetElapsedTime(_sentAt) < options.ResendLimit)
            {
                LogUnknownOutcome(e, pbx.Id);
            }
            catch (StoreUnavailableException e) when (resending && clock.GetElapsedTime(_sentAt) < options.ResendLimit)
            {
                // The re-send was not applied, but the first attempt may have been: only its answer settles that.
                LogUnknownOutcome(e, pbx.Id);
            }
            resending = true;
            _troubledAt = clock.GetTimestamp();
            await Task.Delay(pause, clock);
            pause = pause * 2 < options.LongestResendPause ? pause * 2 : options.LongestResendPause;
        }
    }

    private void Fail(TaskCompletionSource<CommittedBatch> batch, Exception e)
    {
        Failed = true;
        LogFailed(e, pbx.Id);
        // The cause stays in our log: the caller may be on another silo, which does not know the store's exceptions.
        var answer = e as ChargingUnavailableException ?? new ChargingUnavailableException("the ledger cannot be written now: " + e.Message);
        batch.TrySetException(answer);
        // A waiter may have gone (its request timed out): its exception is seen here.
        _ = batch.Task.Exception;
    }

    [LoggerMessage(EventName = "PbxTakenOver", Level = LogLevel.Warning, Message = "PBX {PbxId} gives up its working state: the stored epoch is {Found}, this activation knows {Known}")]
    private partial void LogTakenOver(string pbxId, long found, long known);

    [LoggerMessage(EventName = "LedgerCommitUnknown", Level = LogLevel.Warning, Message = "Outcome of a commit of PBX {PbxId} is unknown; sending it again")]
    private partial void LogUnknownOutcome(Exception e, string pbxId);

    [LoggerMessage(EventName = "LedgerCommitFailed", Level = LogLevel.Warning, Message = "PBX {PbxId} gives up its working state: the ledger was not written")]
    private partial void LogFailed(Exception e, string pbxId);

    [LoggerMessage(EventName = "AuthorisationWithdrawn", Level = LogLevel.Information, Message = "PBX {PbxId}: {Count} late copies of authorisations of settled calls were taken back")]
    private partial void LogWithdrawn(string pbxId, int count);
}
