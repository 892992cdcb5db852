using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;

namespace Classound.Charging;

/// <summary>
/// What changed in a <see cref="Pbx"/> since the last commit: the commit writes this and nothing else. Made for every commit, and most
/// change one or two things: what has not changed has no set.
/// </summary>
public sealed class PbxChanges
{
    private HashSet<E164Number>? _dids;
    private HashSet<string>? _calls;
    private List<ActiveCall>? _authorised;
    private List<RatedCall>? _rated;
    private HashSet<int>? _allowances;
    private HashSet<(int Month, int Seat)>? _seatsUsed;
    private HashSet<(int Month, TotalsKey Key)>? _totals;
    private HashSet<(int Month, DateOnly Day)>? _days;
    private HashSet<int>? _archived;

    public bool Header { get; internal set; }
    public bool Settings { get; internal set; }
    public bool Seats { get; internal set; }
    public IReadOnlyCollection<E164Number> Dids => (IReadOnlyCollection<E164Number>?)_dids ?? [];

    /// <summary>Ids of calls that were authorised, changed or removed.</summary>
    public IReadOnlyCollection<string> Calls => (IReadOnlyCollection<string>?)_calls ?? [];

    /// <summary>Ids authorised since the last commit: it must refuse those that are settled already.</summary>
    public IReadOnlyList<ActiveCall> Authorised => (IReadOnlyList<ActiveCall>?)_authorised ?? [];
    public IReadOnlyList<RatedCall> Rated => (IReadOnlyList<RatedCall>?)_rated ?? [];
    public IReadOnlyCollection<int> Allowances => (IReadOnlyCollection<int>?)_allowances ?? [];
    public IReadOnlyCollection<(int Month, int Seat)> SeatsUsed => (IReadOnlyCollection<(int Month, int Seat)>?)_seatsUsed ?? [];
    public IReadOnlyCollection<(int Month, TotalsKey Key)> Totals => (IReadOnlyCollection<(int Month, TotalsKey Key)>?)_totals ?? [];
    public IReadOnlyCollection<(int Month, DateOnly Day)> Days => (IReadOnlyCollection<(int Month, DateOnly Day)>?)_days ?? [];

    /// <summary>Months that leave the live ledger for a key of their own.</summary>
    public IReadOnlyCollection<int> Archived => (IReadOnlyCollection<int>?)_archived ?? [];

    public bool IsEmpty =>
        !Header && !Settings && !Seats && Dids.Count == 0 && Calls.Count == 0 && Rated.Count == 0 && Allowances.Count == 0
        && SeatsUsed.Count == 0 && Totals.Count == 0 && Days.Count == 0 && Archived.Count == 0;

    public bool Archives(int month) => _archived?.Contains(month) == true;

    internal void Did(E164Number number) => (_dids ??= []).Add(number);

    internal void Call(string callId) => (_calls ??= new HashSet<string>(StringComparer.Ordinal)).Add(callId);

    internal void Authorise(ActiveCall call) => (_authorised ??= []).Add(call);

    internal void Rate(RatedCall call) => (_rated ??= []).Add(call);

    internal void Allowance(int month) => (_allowances ??= []).Add(month);

    internal void SeatUse(int month, int seat) => (_seatsUsed ??= []).Add((month, seat));

    internal void Total(int month, TotalsKey key) => (_totals ??= []).Add((month, key));

    internal void Day(int month, DateOnly day) => (_days ??= []).Add((month, day));

    internal void Archive(int month) => (_archived ??= []).Add(month);

    /// <summary>An authorisation that was taken back before it was committed.</summary>
    internal void Withdraw(string callId)
    {
        _calls?.Remove(callId);
        _authorised?.RemoveAll(call => call.CallId == callId);
    }
}
