using System.Globalization;
using Classound.Charging.Calls;
using Classound.Storage;
using Classound.Storage.Mapping;

namespace Classound.Api.Tests.Services;

/// <summary>More settled calls than a test can place: put into the ledger as an activation of the PBX would.</summary>
internal static class ManyCalls
{
    /// <summary>The user of the last call; the others have none.</summary>
    public const string LastUser = "last";

    private const int AtOnce = 500;

    public static async Task Settle(ILedgerStore ledger, string pbx, int count)
    {
        var stored = await ledger.LoadVersionAsync(pbx, default);
        var epoch = stored!.Value.Epoch + 1;
        for (var n = 0; n < count; n += AtOnce)
        {
            var commit = new LedgerCommit { PbxId = pbx, Expected = stored, Next = new LedgerVersion(epoch, "many", n) };
            for (var i = n; i < Math.Min(count, n + AtOnce); i++)
            {
                var call = Call(pbx, i, i == count - 1 ? LastUser : "");
                commit.RatedCalls.Add(new RatedCallEntry(call.CallId, call.UsageMonth, call.BillingMonth, StoredCalls.Write(call)));
            }
            Assert.Equal(CommitOutcome.Committed, (await ledger.CommitAsync(commit, default)).Outcome);
            stored = commit.Next;
        }
    }

    private static RatedCall Call(string pbx, int number, string user)
    {
        var at = new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero).AddSeconds(number);
        return new RatedCall
        {
            PbxId = pbx, CallId = number.ToString(CultureInfo.InvariantCulture), Direction = CallDirection.Inbound, UserId = user, AuthorisedAt = at,
            AnsweredAt = at, SettledAt = at.AddMinutes(1), DurationMs = 60_000, CallSeconds = 60, RatedSeconds = 0, IncludedSeconds = 0,
            UsageMonth = 202611, BillingMonth = 202611, UsageDay = new DateOnly(2026, 11, 2), Currency = "EUR",
        };
    }
}
