using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Grains.Pbxs;

public sealed partial class PbxGrain
{
    public async Task<CallAnswer?> Find(string callId)
    {
        if (_pbx.Calls.ContainsKey(callId))
        {
            await Flush();
            // The store may have refused it meanwhile: a late copy of a call that is settled.
            if (_pbx.Calls.TryGetValue(callId, out var call)) return CallAnswer.Of(call);
        }
        if (_settling.TryGetValue(callId, out var settling))
        {
            await Flush();
            return CallAnswer.Of(settling);
        }
        await Confirm(TimeSpan.Zero);
        if (_pbx.Settings is null) DeactivateOnIdle();
        else if (await FindSettled(callId, MonthsAround(Now()).Concat(KnownMonths())) is { } settled) return CallAnswer.Of(settled);
        return await Reading(log.Find(_pbx.Id, callId, CancellationToken.None)) is { } denial ? CallAnswer.Of(denial) : null;
    }

    public async Task<IReadOnlyList<ActiveCall>> ListActive(string afterCallId, int max)
    {
        await Flush();
        return _pbx.Calls.Values
            .Where(call => string.CompareOrdinal(call.CallId, afterCallId) > 0)
            .OrderBy(call => call.CallId, StringComparer.Ordinal).Take(max).ToArray();
    }

    public Task<PbxQuote> Quote(AuthorizeRequest request, int durationSeconds)
    {
        RequireCatalogue();
        var now = _pbx.NotBeforeLast(Now());
        var catalogue = CatalogueFor(request, now);
        _pbx.OpenCurrent(catalogue, now);
        // As an import of this moment: a question is not an attempt, and is never taken for a repeat.
        var asked = WithCaller(request) with { CallId = "", OccurredAt = now, AttemptedAt = null, CanExtend = false };
        var decision = _pbx.DecideAuthorize(asked, catalogue, now);
        if (_pbx.Settings is not { } settings)
        {
            DeactivateOnIdle();
            return Task.FromResult(new PbxQuote { At = now, Denial = Refusal(decision, asked, now) });
        }
        var list = LoadedInForce(catalogue, settings, now);
        PriceListEntry entry = default;
        Tariff? tariff = null;
        var priced = list is not null && request is { Direction: CallDirection.Outbound, Internal: false }
            && list.TryPrice(request.Called, out entry, out tariff);
        var pricing = priced ? CallPricing.Of(list!, entry, tariff!) : null;
        var available = pricing is null || pricing.AllowanceTicks.IsDefaultOrEmpty
            ? 0 : _pbx.Months.GetValueOrDefault(_pbx.MonthOf(now))?.FreeSeconds(_pbx.SeatOf(request.UserId)) ?? 0;
        var seconds = durationSeconds > 0 ? durationSeconds : decision.Hold.Seconds;
        return Task.FromResult(new PbxQuote
        {
            At = now, Currency = settings.Currency, Pricing = pricing, AvailableIncludedSeconds = available,
            Denial = decision.Outcome == AuthorizeOutcome.Denied ? Refusal(decision, asked, now) : null,
            MaximumSeconds = decision.Hold.Seconds, Rating = pricing?.Rate(now, seconds, available),
        });
    }

    private AuthorizeRequest WithCaller(AuthorizeRequest request) =>
        request.CallerText.Length == 0 && _pbx.Dids.Values.FirstOrDefault(did => did.IsOwned) is { } did
            ? request with { CallerText = did.Number.ToString(), Caller = did.Number, CallerForm = NumberForm.E164 }
            : request;

    private Denial Refusal(AuthorizeDecision decision, AuthorizeRequest request, DateTimeOffset now) => new()
    {
        PbxId = _pbx.Id, CallId = "", Reason = decision.Reason, Subject = decision.Subject, At = now, Direction = request.Direction,
        CallerText = request.CallerText, CalledText = request.CalledText, Called = request.Called, UserId = request.UserId,
    };

    public async Task<PbxDescription?> Describe()
    {
        if (_pbx.Settings is null)
        {
            DeactivateOnIdle();
            return null;
        }
        RequireCatalogue();
        _pbx.OpenCurrent(Catalogue, Now());
        await Flush();
        return Description();
    }

    public async Task<IReadOnlyList<Did>> ListDids()
    {
        await Flush();
        return _pbx.Dids.Values.OrderBy(did => did.Number).ToArray();
    }

    private PbxDescription Description() => new(
        _pbx.Settings!, PbxStatus.Of(_pbx, _pbx.MonthOf(Now())),
        [.. _pbx.Seats.Where(user => user is not null).Select(user => user!)], _pbx.Dids.Count);

    /// <summary>Every month that may hold a settled call of the last year (R20).</summary>
    private IEnumerable<int> KnownMonths()
    {
        var month = _pbx.MonthOf(Now());
        for (var back = 0; back <= 13; back++)
        {
            yield return month;
            month = Charging.Allowances.LocalCalendar.Previous(month);
        }
        foreach (var open in _pbx.Months.Keys) yield return open;
    }
}
