using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Charging;

/// <summary>Live counts of a PBX (product.md, users).</summary>
public sealed record PbxStatus(
    UserLicences Licences,
    int UsersInCalls,
    int RingingCalls,
    int ActiveCalls,
    int Month,
    int UsersThisMonth,
    long GrantedIncludedSeconds,
    long UsedIncludedSeconds,
    long HeldIncludedSeconds,
    Amount SettledMoney,
    Amount HeldMoney,
    PlanVersion? Plan)
{
    /// <summary>Calls whose edge reports answers count as ringing until it has; the others as active at once.</summary>
    public static PbxStatus Of(Pbx pbx, int month)
    {
        var ledger = pbx.Months.GetValueOrDefault(month);
        var ringing = pbx.Calls.Values.Count(call => call.ReportsAnswer && call.AnsweredAt is null);
        return new PbxStatus(
            pbx.Settings?.Licences ?? default,
            pbx.Calls.Values.Where(call => call.UserId.Length > 0).Select(call => call.UserId).Distinct(StringComparer.Ordinal).Count(),
            ringing, pbx.Calls.Count - ringing, month, ledger?.Users ?? 0,
            ledger?.GrantedSeconds ?? 0, ledger?.UsedSeconds ?? 0, ledger?.HeldSeconds ?? 0,
            ledger?.SettledMoney ?? Amount.Zero, ledger?.HeldMoney ?? Amount.Zero, ledger?.Plan);
    }
}
