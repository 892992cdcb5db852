using System.Security.Cryptography;
using Classound.Charging;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Grains.Catalogues;
using Classound.Storage;
using Classound.Storage.Mapping;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Classound.Grains.Pbxs;

/// <summary>
/// The shell around <see cref="Pbx"/>: time in, decision, changes to the ledger, answer out. Reentrant so that calls
/// gather while a commit is in flight; between two awaits a turn is alone, and every method re-reads what it needs after one.
/// </summary>
[Reentrant]
[GrainType("pbx")]
public sealed partial class PbxGrain(
    ILedgerStore store, CatalogueCache catalogues, PastPriceLists past, CallLog log, KnownVersions versions, TimeProvider clock,
    IOptions<PbxGrainOptions> options, ILogger<PbxGrain> logger) : Grain, IPbxGrain
{
    // Settled in a commit that has not returned yet, each as a whole: neither active any more nor in the store.
    private readonly Dictionary<string, RatedCall> _settling = new(StringComparer.Ordinal);
    private readonly ActiveCallMetrics _metrics = new();
    private readonly NewerFields _newer = new();
    private Pbx _pbx = null!;
    private LedgerWriter _writer = null!;

    private Catalogue Catalogue => catalogues.Current;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = this.GetPrimaryKeyString();
        var known = versions.Of(id);
        var snapshot = await Reading(store.LoadAsync(id, cancellationToken));
        versions.Check(logger, id, known, snapshot.Version);
        _newer.Find(snapshot.Fields);
        _pbx = Pbx.Restore(id, StoredPbx.Read(id, snapshot.Fields));
        foreach (var month in _pbx.ArchivedMonthsHeld().ToList()) await LoadMonth(month);
        _writer = new LedgerWriter(
            store, _pbx, snapshot.Version, _newer, RandomNumberGenerator.GetHexString(16), versions, clock, options.Value, logger);
        _metrics.Count(_pbx);
    }

    // Those who waited for it may have given up; what they asked for is made durable all the same.
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_writer is not null) await _writer.Drained().WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _metrics.Remove();
    }

    /// <summary>The silo's clock, to the millisecond: what is stored is what was decided with.</summary>
    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Refuses at once what could only queue behind a silent store, or build on working state that is lost.</summary>
    private void RequireStore()
    {
        if (_writer.Failed)
        {
            DeactivateOnIdle();
            throw new ChargingUnavailableException("this activation lost its ledger; repeat the request") { OwnerChanged = true };
        }
        if (_writer.IsSilent) throw new ChargingUnavailableException("the ledger does not answer");
        RequireCatalogue();
    }

    /// <summary>Before plans and price lists are loaded nothing can be decided, and a month opened now would have no plan.</summary>
    private void RequireCatalogue()
    {
        if (!catalogues.IsLoaded) throw new ChargingUnavailableException("plans and price lists are not loaded yet");
    }

    /// <summary>The catalogue to decide with: where a price is needed, a version that is in force but not known here is never replaced by an older one.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="at">By the version of this time it is priced.</param>
    private Catalogue CatalogueFor(AuthorizeRequest request, DateTimeOffset at) =>
        !NeedsPrice(request) || _pbx.Settings is not { } settings
            ? Catalogue
            : catalogues.ForPrice(settings.PriceListType, settings.PlanCode, at, clock)
                ?? throw new ChargingUnavailableException("the price list in force, or the plan, is not known here now");

    /// <summary>
    /// The version in force at a past time may have left memory: an old call waits until it is back. A live call does not wait; its version is
    /// loaded ahead.
    /// </summary>
    private Task BringPrices(AuthorizeRequest request, DateTimeOffset at) =>
        NeedsPrice(request) && _pbx.Settings is { } settings
            ? past.BringAsync(settings.PriceListType, at, CancellationToken.None) : Task.CompletedTask;

    private static bool NeedsPrice(AuthorizeRequest request) => request is { Direction: CallDirection.Outbound, Internal: false };

    /// <summary>Everything changed so far is durable when this returns.</summary>
    private async Task<CommittedBatch> Flush()
    {
        try
        {
            return await _writer.Flush();
        }
        finally
        {
            _metrics.Count(_pbx);
            if (_writer.Failed) DeactivateOnIdle();
        }
    }

    /// <summary>Nobody else has written this PBX until a moment ago; see <see cref="LedgerWriter.Confirm"/>.</summary>
    private async Task Confirm(TimeSpan within)
    {
        try
        {
            await _writer.Confirm(within);
        }
        finally
        {
            if (_writer.Failed) DeactivateOnIdle();
        }
    }

    /// <summary>Has the month of an instant in memory, from its own key where it was archived.</summary>
    private Task LoadMonth(DateTimeOffset instant) =>
        _pbx.Settings is { } settings && _pbx.DayOf(instant) >= settings.ActiveFrom ? LoadMonth(_pbx.MonthOf(instant)) : Task.CompletedTask;

    private async Task LoadMonth(int month)
    {
        if (!_pbx.NeedsArchived(month) || !LocalCalendar.IsValidMonth(month)) return;
        var fields = await Reading(store.LoadMonthAsync(_pbx.Id, month, CancellationToken.None));
        _newer.Find(fields);
        if (StoredPbx.ReadMonth(month, fields) is { } ledger) _pbx.RestoreArchived(ledger);
        else _pbx.OpenArchived(month, Catalogue);
    }

    private async Task<RatedCall?> FindSettled(string callId, IEnumerable<int> usageMonths)
    {
        var found = await Reading(store.FindSettledAsync(_pbx.Id, callId, [.. usageMonths.Distinct()], CancellationToken.None));
        return found is null ? null : StoredCalls.ReadRated(found.Data).AsWhole();
    }

    /// <summary>Usage months that a report of now can be about: 35 days reach back over at most two month ends.</summary>
    private IEnumerable<int> MonthsAround(DateTimeOffset at)
    {
        var month = _pbx.MonthOf(at);
        var previous = LocalCalendar.Previous(month);
        return [month, previous, LocalCalendar.Previous(previous), LocalCalendar.Next(month)];
    }

    private CallAnswer Deny(
        DenialReason reason, string subject, string callId, AuthorizeRequest? request, DateTimeOffset now, Charging.Rating.PriceListVersion? list = null)
    {
        var match = list is not null && request is { Called.IsPresent: true } ? list.Prefixes.Match(request.Called) : null;
        var denial = new Denial
        {
            PbxId = _pbx.Id, CallId = callId, Reason = reason, Subject = subject, At = now,
            Direction = request?.Direction ?? CallDirection.Outbound, CallerText = request?.CallerText ?? "",
            CalledText = request?.CalledText ?? "", Called = request?.Called ?? default, UserId = request?.UserId ?? "",
            Prefix = match?.Prefix ?? "", Destination = match?.Destination ?? "",
            ListType = list?.Type ?? "", ListNumber = list?.Number ?? 0,
        };
        log.Add(denial);
        return CallAnswer.Of(denial);
    }

    /// <summary>A read that fails is an answer to repeat, not a fault of ours.</summary>
    private static async Task<T> Reading<T>(Task<T> read)
    {
        try
        {
            return await read;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreOutcomeUnknownException)
        {
            throw new ChargingUnavailableException("the ledger cannot be read now: " + e.Message);
        }
    }
}
