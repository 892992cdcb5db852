using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;

namespace Classound.Charging;

/// <summary>What changed in a <see cref="Pbx"/> since the last commit: the commit writes this and nothing else.</summary>
public sealed class PbxChanges
{
    public bool Header { get; internal set; }
    public bool Settings { get; internal set; }
    public bool Seats { get; internal set; }
    public HashSet<E164Number> Dids { get; } = [];

    /// <summary>Ids of calls that were authorised, changed or removed.</summary>
    public HashSet<string> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids authorised since the last commit: it must refuse those that are settled already.</summary>
    public List<ActiveCall> Authorised { get; } = [];
    public List<RatedCall> Rated { get; } = [];
    public HashSet<int> Allowances { get; } = [];
    public HashSet<(int Month, int Seat)> SeatsUsed { get; } = [];
    public HashSet<(int Month, TotalsKey Key)> Totals { get; } = [];
    public HashSet<(int Month, DateOnly Day)> Days { get; } = [];

    /// <summary>Months that leave the live ledger for a key of their own.</summary>
    public HashSet<int> Archived { get; } = [];

    public bool IsEmpty =>
        !Header && !Settings && !Seats && Dids.Count == 0 && Calls.Count == 0 && Rated.Count == 0 && Allowances.Count == 0
        && SeatsUsed.Count == 0 && Totals.Count == 0 && Days.Count == 0 && Archived.Count == 0;
}
