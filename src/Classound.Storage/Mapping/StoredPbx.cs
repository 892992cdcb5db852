using Classound.Charging;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Storage.Mapping.Stored;
using Google.Protobuf;

namespace Classound.Storage.Mapping;

/// <summary>A PBX as ledger fields, and its changes as a commit.</summary>
public static class StoredPbx
{
    private const int Format = 1;

    public static PbxSnapshot Read(string pbxId, IReadOnlyDictionary<string, byte[]> fields)
    {
        var months = new Dictionary<int, MonthLedger>();
        var dids = new List<Did>();
        var calls = new List<ActiveCall>();
        foreach (var (name, value) in fields)
        {
            if (name.Length < 3) continue;
            if (name[0] == LedgerFields.CallPrefix) calls.Add(StoredCalls.ReadActive(LedgerFields.Rest(name), value));
            else if (name[0] == LedgerFields.DidPrefix) dids.Add(ReadDid(name, value));
            else if (name[0] == LedgerFields.AllowancePrefix) AddMonth(months, name, value);
        }
        foreach (var (name, value) in fields) ReadMonthPart(months, name, value);
        var header = fields.TryGetValue(LedgerFields.Header, out var bytes) ? StoredHeader.Parser.ParseFrom(bytes) : null;
        if (header is not null) StoredCalls.RequireFormat(header.Format, $"ledger of PBX {pbxId}");
        return new PbxSnapshot
        {
            Settings = fields.TryGetValue(LedgerFields.Settings, out var settings) ? StoredSettingsMapping.Read(pbxId, settings) : null,
            LastTime = StoredValues.Time(header?.LastTimeMs ?? 0), FirstOpenMonth = header?.FirstOpenMonth ?? 0,
            ArchivedThrough = header?.ArchivedThrough ?? 0,
            Seats = fields.TryGetValue(LedgerFields.Seats, out var seats)
                ? [.. StoredSeats.Parser.ParseFrom(seats).UserIds.Select(id => id.Length == 0 ? null : id)] : [],
            Dids = dids, Calls = calls, Months = [.. months.Values],
        };
    }

    /// <summary>A closed month from its own key; null = it was never used.</summary>
    public static MonthLedger? ReadMonth(int month, IReadOnlyDictionary<string, byte[]> fields)
    {
        var months = new Dictionary<int, MonthLedger>();
        foreach (var (name, value) in fields)
            if (name[0] == LedgerFields.AllowancePrefix) AddMonth(months, name, value);
        foreach (var (name, value) in fields) ReadMonthPart(months, name, value);
        return months.GetValueOrDefault(month);
    }

    /// <summary>Adds what changed to the commit: nothing else is written.</summary>
    /// <param name="pbx">After the changes.</param>
    /// <param name="changes">What to write of it.</param>
    /// <param name="commit">Gets them.</param>
    /// <param name="newer">What a newer release added to what was loaded; null = nothing was.</param>
    public static void Write(Pbx pbx, PbxChanges changes, LedgerCommit commit, NewerFields? newer = null)
    {
        var first = commit.Changes.Count;
        AddChanges(pbx, changes, commit);
        if (newer is not null) Keep(newer, changes, commit.Changes, first);
    }

    private static void Keep(NewerFields newer, PbxChanges changes, List<FieldChange> written, int first)
    {
        for (var i = first; i < written.Count; i++)
        {
            var change = written[i];
            if (change.Value is { } value) written[i] = change with { Value = newer.Onto(change.Name, value) };
            // A field of a month that is archived only moves.
            else if (changes.Archived.Count == 0 || change.Name[0] is LedgerFields.CallPrefix or LedgerFields.DidPrefix) newer.Forget(change.Name);
        }
    }

    private static void AddChanges(Pbx pbx, PbxChanges changes, LedgerCommit commit)
    {
        if (changes.Header || changes.Archived.Count > 0) Put(commit, 0, LedgerFields.Header, WriteHeader(pbx));
        if (changes.Settings) Put(commit, 0, LedgerFields.Settings, StoredSettingsMapping.Write(pbx.Settings!));
        if (changes.Seats) Put(commit, 0, LedgerFields.Seats, WriteSeats(pbx));
        foreach (var number in changes.Dids)
            Put(commit, 0, LedgerFields.Did(number), pbx.Dids.TryGetValue(number, out var did) ? WriteDid(did) : null);
        foreach (var callId in changes.Calls) WriteCall(pbx, callId, commit);
        foreach (var call in changes.Authorised)
        {
            var month = pbx.MonthOf(call.BusinessTime);
            CheckNotSettled(commit, call.CallId, month);
            // Rung across the end of its month, it was settled in the next one.
            var next = pbx.MonthOf(call.BusinessTime.AddDays(1));
            if (next != month) commit.NotSettled.Add(new SettledCheck(call.CallId, next, next));
        }
        foreach (var call in changes.Rated) WriteRated(call, commit);
        WriteMonths(pbx, changes, commit);
    }

    /// <summary>The same commit without the authorisations of these calls. Only valid where nothing else happened to them.</summary>
    public static LedgerCommit Without(LedgerCommit commit, IReadOnlySet<string> callIds)
    {
        var fields = callIds.Select(LedgerFields.Call).ToHashSet(StringComparer.Ordinal);
        return new LedgerCommit
        {
            PbxId = commit.PbxId, Expected = commit.Expected, Next = commit.Next, RatedCalls = commit.RatedCalls,
            Changes = [.. commit.Changes.Where(change => !fields.Contains(change.Name))],
            NotSettled = [.. commit.NotSettled.Where(check => !callIds.Contains(check.CallId))],
            Leases = [.. commit.Leases.Where(lease => !callIds.Contains(lease.CallId))],
        };
    }

    /// <summary>Removes active calls that the store knows as settled; everything else is left as it is.</summary>
    public static void RemoveGhosts(LedgerCommit commit, IEnumerable<string> callIds)
    {
        foreach (var callId in callIds)
        {
            Put(commit, 0, LedgerFields.Call(callId), null);
            commit.Leases.Add(new LeaseChange(callId, null));
        }
    }

    private static void WriteCall(Pbx pbx, string callId, LedgerCommit commit)
    {
        var call = pbx.Calls.GetValueOrDefault(callId);
        Put(commit, 0, LedgerFields.Call(callId), call is null ? null : StoredCalls.Write(call));
        // An import has no lease: it is not a call that somebody could forget to end.
        commit.Leases.Add(new LeaseChange(callId, call is null || call.Imported ? null : call.LeaseEndsAt));
    }

    // A copy of a request may be 35 days late, and these reach back over two month ends.
    private static void CheckNotSettled(LedgerCommit commit, string callId, int month)
    {
        var previous = LocalCalendar.Previous(month);
        var oldest = LocalCalendar.Previous(previous);
        commit.NotSettled.Add(new SettledCheck(callId, month, previous));
        commit.NotSettled.Add(new SettledCheck(callId, oldest, oldest));
    }

    /// <summary>
    /// A correction follows an entry of the same call, so it must not ask that there be none; the version keeps it single. Calls that
    /// wait for their end stand in their billing month's own section until it comes.
    /// </summary>
    private static void WriteRated(RatedCall call, LedgerCommit commit)
    {
        var data = StoredCalls.Write(call);
        if (call.Corrects is { } first) Put(commit, first.BillingMonth, LedgerFields.Unconfirmed(call.CallId), null);
        else CheckNotSettled(commit, call.CallId, call.UsageMonth);
        if (call.IsUnconfirmed) Put(commit, call.BillingMonth, LedgerFields.Unconfirmed(call.CallId), data);
        commit.RatedCalls.Add(new RatedCallEntry(call.CallId, call.UsageMonth, call.BillingMonth, data));
    }

    /// <summary>Calls of a billing month that were closed without a reported end and not corrected since, in the order they were closed.</summary>
    public static IReadOnlyList<RatedCall> ReadUnconfirmed(IReadOnlyDictionary<string, byte[]> monthFields) =>
        [.. monthFields.Where(field => field.Key[0] == LedgerFields.UnconfirmedPrefix).Select(field => StoredCalls.ReadRated(field.Value))
            .OrderBy(call => call.SettledAt).ThenBy(call => call.CallId, StringComparer.Ordinal)];

    private static void WriteMonths(Pbx pbx, PbxChanges changes, LedgerCommit commit)
    {
        foreach (var month in changes.Archived) Archive(pbx.Months[month], commit);
        foreach (var month in changes.Allowances) PutMonth(month, LedgerFields.Allowance(month), WriteAllowance(pbx.Months[month]));
        foreach (var (month, seat) in changes.SeatsUsed)
            PutMonth(month, LedgerFields.SeatUse(month, seat), WriteSeatUse(pbx.Months[month].SeatUsedSeconds(seat)));
        foreach (var (month, key) in changes.Totals)
            PutMonth(month, LedgerFields.Totals(month, key), WriteTotals(pbx.Months[month].Totals[key]));
        foreach (var (month, day) in changes.Days)
            PutMonth(month, LedgerFields.Day(month, day), WriteDay(pbx.Months[month].Day(day).Settled));

        void PutMonth(int month, string name, byte[] value)
        {
            // A month archived in this very commit is written whole above.
            if (!changes.Archives(month)) Put(commit, month <= pbx.ArchivedThrough ? month : 0, name, value);
        }
    }

    private static void Archive(MonthLedger month, LedgerCommit commit)
    {
        Move(LedgerFields.Allowance(month.Month), WriteAllowance(month));
        foreach (var (seat, used) in month.SeatUsed) Move(LedgerFields.SeatUse(month.Month, seat), WriteSeatUse(used));
        foreach (var (key, totals) in month.Totals) Move(LedgerFields.Totals(month.Month, key), WriteTotals(totals));
        foreach (var (day, spend) in month.Days) Move(LedgerFields.Day(month.Month, day), WriteDay(spend.Settled));

        void Move(string name, byte[] value)
        {
            Put(commit, month.Month, name, value);
            Put(commit, 0, name, null);
        }
    }

    private static void AddMonth(Dictionary<int, MonthLedger> months, string name, byte[] value)
    {
        var month = LedgerFields.Numbers(name)[0];
        var stored = StoredAllowance.Parser.ParseFrom(value);
        months[month] = new MonthLedger(
            month, stored.Users, stored.DaysCounted, StoredValues.Read(stored.Plan), stored.UsedSeconds, new Amount(stored.SettledNanos));
    }

    private static void ReadMonthPart(Dictionary<int, MonthLedger> months, string name, byte[] value)
    {
        if (name.Length < 3 || name[0] is not (LedgerFields.SeatUsePrefix or LedgerFields.TotalsPrefix or LedgerFields.DayPrefix)) return;
        var numbers = LedgerFields.Numbers(name);
        var month = months[numbers[0]];
        if (name[0] == LedgerFields.SeatUsePrefix) month.RestoreSeat(numbers[1], StoredSeatUse.Parser.ParseFrom(value).UsedSeconds);
        else if (name[0] == LedgerFields.DayPrefix)
            month.RestoreDay(DateOnly.FromDayNumber(numbers[1]), new Amount(StoredDaySpend.Parser.ParseFrom(value).SettledNanos));
        else month.RestoreTotals(LedgerFields.TotalsKeyOf(numbers), ReadTotals(value));
    }

    private static UsageTotals ReadTotals(byte[] value)
    {
        var stored = StoredTotals.Parser.ParseFrom(value);
        return new UsageTotals(
            stored.Calls, stored.CallSeconds, stored.RatedSeconds, stored.IncludedSeconds, stored.ChargedSeconds, new Amount(stored.AmountNanos));
    }

    private static byte[] WriteTotals(UsageTotals totals) => new StoredTotals
    {
        Calls = totals.Calls, CallSeconds = totals.CallSeconds, RatedSeconds = totals.RatedSeconds,
        IncludedSeconds = totals.IncludedSeconds, ChargedSeconds = totals.ChargedSeconds, AmountNanos = totals.Amount.Nanos,
    }.ToByteArray();

    private static byte[] WriteAllowance(MonthLedger month) => new StoredAllowance
    {
        Users = month.Users, DaysCounted = month.DaysCounted, Plan = StoredValues.Write(month.Plan), UsedSeconds = month.UsedSeconds,
        SettledNanos = month.SettledMoney.Nanos,
    }.ToByteArray();

    private static byte[] WriteSeatUse(long usedSeconds) => new StoredSeatUse { UsedSeconds = usedSeconds }.ToByteArray();

    private static byte[] WriteDay(Amount settled) => new StoredDaySpend { SettledNanos = settled.Nanos }.ToByteArray();

    private static byte[] WriteHeader(Pbx pbx) => new StoredHeader
    {
        Format = Format, LastTimeMs = StoredValues.Ms(pbx.LastTime), FirstOpenMonth = pbx.FirstOpenMonth, ArchivedThrough = pbx.ArchivedThrough,
    }.ToByteArray();

    private static byte[] WriteSeats(Pbx pbx)
    {
        var seats = new StoredSeats();
        seats.UserIds.AddRange(pbx.Seats.Select(user => user ?? ""));
        return seats.ToByteArray();
    }

    private static byte[] WriteDid(Did did) => new StoredDid { Kind = (int)did.Kind, Verified = did.Verified }.ToByteArray();

    private static Did ReadDid(string name, byte[] value)
    {
        var stored = StoredDid.Parser.ParseFrom(value);
        var digits = ulong.Parse(LedgerFields.Rest(name), System.Globalization.CultureInfo.InvariantCulture);
        return new Did(E164Number.FromDigits(digits), (DidKind)stored.Kind, stored.Verified);
    }

    private static void Put(LedgerCommit commit, int section, string name, byte[]? value) =>
        commit.Changes.Add(new FieldChange(section, name, value));
}
