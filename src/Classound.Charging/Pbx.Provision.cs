using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;

namespace Classound.Charging;

/// <summary>Why a provisioning change was not made.</summary>
public enum ProvisioningRefusal : byte
{
    None = 0,
    PbxUnknown,

    /// <summary>The same id exists with other content.</summary>
    PbxExists,

    /// <summary>A PER_USER plan has at most as many user ids as licences.</summary>
    MoreUsersThanLicences,
    DidUnknown,

    /// <summary>The PBX owns this number already, as another kind.</summary>
    DidExists,

    /// <summary>Only EXTERNAL numbers are verified.</summary>
    DidNotExternal,
    MonthNotEnded,
}

public sealed partial class Pbx
{
    /// <summary>Creates the PBX. The same content again is a repeat; other content is refused.</summary>
    public ProvisioningRefusal Provision(PbxSettings settings)
    {
        if (Settings is not null) return Settings == settings ? ProvisioningRefusal.None : ProvisioningRefusal.PbxExists;
        Replace(settings);
        FirstOpenMonth = LocalCalendar.MonthOf(settings.ActiveFrom);
        Changes.Header = true;
        return ProvisioningRefusal.None;
    }

    /// <summary>
    /// Name, country, plan, list type, state and limits. A plan changed now counts from the next month, unless the month
    /// has none yet; a list type for calls authorised from now on.
    /// </summary>
    public ProvisioningRefusal Update(Func<PbxSettings, PbxSettings> change, Catalogue catalogue, DateTimeOffset now)
    {
        if (Settings is null) return ProvisioningRefusal.PbxUnknown;
        now = OpenCurrent(catalogue, now);
        var changed = change(Settings);
        if (changed == Settings) return ProvisioningRefusal.None;
        Replace(changed);
        Stamp(now);
        OpenCurrent(catalogue, now);
        return ProvisioningRefusal.None;
    }

    /// <summary>More users raise this month's allowance and fee at once, fewer take effect next month (product.md, users).</summary>
    public ProvisioningRefusal SetLicences(UserLicences licences, Catalogue catalogue, DateTimeOffset now)
    {
        if (Settings is null) return ProvisioningRefusal.PbxUnknown;
        // Opened with the users it had: they count, even if this change makes them fewer.
        now = OpenCurrent(catalogue, now);
        if (Seats.Count(seat => seat is not null) > licences.Total) return ProvisioningRefusal.MoreUsersThanLicences;
        if (Settings.Licences == licences) return ProvisioningRefusal.None;
        Replace(Settings with { Licences = licences });
        Stamp(now);
        var month = MonthOf(now);
        foreach (var ledger in _months.Values.Where(ledger => ledger.Month >= month))
            if (ledger.Month == month ? ledger.RaiseUsers(licences.Total) : ledger.BeginWith(licences.Total))
                Changes.Allowance(ledger.Month);
        return ProvisioningRefusal.None;
    }

    /// <summary>
    /// The user ids of a PER_USER plan, as the whole list. Who stays keeps the seat; who is new takes a free one that
    /// minutes of this month were used on, if there is one, and inherits them: else each replacement would bring a fresh
    /// allowance. A user keeps the seat when licences become fewer, so a seat's number may exceed them.
    /// </summary>
    public ProvisioningRefusal SetUsers(IReadOnlyCollection<string> userIds)
    {
        if (Settings is null) return ProvisioningRefusal.PbxUnknown;
        var wanted = new HashSet<string>(userIds, StringComparer.Ordinal);
        if (wanted.Count > Settings.Licences.Total) return ProvisioningRefusal.MoreUsersThanLicences;
        var seats = Seats.Select(user => user is not null && wanted.Remove(user) ? user : null).ToList();
        foreach (var user in userIds.Where(wanted.Remove))
        {
            var free = FreeSeat(seats);
            while (seats.Count <= free) seats.Add(null);
            seats[free] = user;
        }
        while (seats.Count > 0 && seats[^1] is null) seats.RemoveAt(seats.Count - 1);
        if (seats.SequenceEqual(Seats)) return ProvisioningRefusal.None;
        Seats = seats;
        Changes.Seats = true;
        return ProvisioningRefusal.None;
    }

    private int FreeSeat(List<string?> seats)
    {
        var drawn = _months.Count == 0 ? [] : _months[_months.Keys.Max()].SeatsDrawn();
        foreach (var seat in drawn)
            if (seat >= seats.Count || seats[seat] is null) return seat;
        var free = seats.IndexOf(null);
        return free < 0 ? seats.Count : free;
    }

    public ProvisioningRefusal AddDid(Did did)
    {
        if (Settings is null) return ProvisioningRefusal.PbxUnknown;
        if (_dids.TryGetValue(did.Number, out var owned))
            return owned.Kind == did.Kind ? ProvisioningRefusal.None : ProvisioningRefusal.DidExists;
        PutDid(did);
        return ProvisioningRefusal.None;
    }

    /// <summary>R9: from now on the EXTERNAL number may be shown as caller ID.</summary>
    public ProvisioningRefusal VerifyDid(E164Number number)
    {
        if (!_dids.TryGetValue(number, out var did)) return ProvisioningRefusal.DidUnknown;
        if (did.Kind != DidKind.External) return ProvisioningRefusal.DidNotExternal;
        if (!did.Verified) PutDid(did with { Verified = true });
        return ProvisioningRefusal.None;
    }

    /// <summary>Running calls keep the caller ID they were granted with.</summary>
    public ProvisioningRefusal RemoveDid(E164Number number)
    {
        if (_dids.Remove(number)) Changes.Did(number);
        return ProvisioningRefusal.None;
    }

    /// <summary>Closes a billing month that has ended; its totals never change again.</summary>
    public ProvisioningRefusal CloseBillingMonth(int month, Catalogue catalogue, DateTimeOffset now)
    {
        if (Settings is null) return ProvisioningRefusal.PbxUnknown;
        // A month in which nothing happened is opened first: closed, it could not get its users and fee any more.
        now = OpenCurrent(catalogue, now);
        if (month >= MonthOf(now)) return ProvisioningRefusal.MonthNotEnded;
        CloseBillingMonthsBefore(LocalCalendar.Next(month));
        return ProvisioningRefusal.None;
    }

    private void PutDid(Did did)
    {
        _dids[did.Number] = did;
        Changes.Did(did.Number);
    }

    private void Replace(PbxSettings settings)
    {
        if (Settings?.TimeZoneId != settings.TimeZoneId) _calendar = null;
        Settings = settings;
        Changes.Settings = true;
    }
}
