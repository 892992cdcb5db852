using Classound.Charging;
using Classound.Charging.Numbering;

namespace Classound.Grains.Pbxs;

public sealed partial class PbxGrain
{
    public Task<ProvisioningReply> Provision(PbxSettings settings) =>
        Change(_ => _pbx.Provision(settings), _pbx.Settings is { } existing ? DifferingField(existing, settings) : "");

    public Task<ProvisioningReply> Update(PbxUpdate update) => Change(now => _pbx.Update(update.ApplyTo, Catalogue, now));

    public Task<ProvisioningReply> SetLicences(UserLicences licences) =>
        Change(now => _pbx.SetLicences(licences, Catalogue, now));

    public Task<ProvisioningReply> SetUsers(IReadOnlyList<string> userIds) => Change(_ => _pbx.SetUsers(userIds));

    public Task<ProvisioningReply> AddDid(Did did) => Change(_ => _pbx.AddDid(did));

    public Task<ProvisioningReply> VerifyDid(E164Number number) => Change(_ => _pbx.VerifyDid(number));

    public Task<ProvisioningReply> RemoveDid(E164Number number) => Change(_ => _pbx.RemoveDid(number));

    public Task<ProvisioningReply> CloseBillingMonth(int month) => Change(now => _pbx.CloseBillingMonth(month, Catalogue, now));

    private async Task<ProvisioningReply> Change(Func<DateTimeOffset, ProvisioningRefusal> change, string differingField = "")
    {
        RequireStore();
        var refusal = change(_pbx.NotBeforeLast(Now()));
        // Also a refusal or a repeat waits: what it was judged by may still be on its way to the store.
        await Flush();
        if (_pbx.Settings is null) DeactivateOnIdle();
        return new ProvisioningReply(refusal, _pbx.Settings is null ? null : Description()) { DifferingField = differingField };
    }

    private static string DifferingField(PbxSettings existing, PbxSettings wanted) =>
        existing.Name != wanted.Name ? "name"
        : existing.Country != wanted.Country ? "country"
        : existing.TimeZoneId != wanted.TimeZoneId ? "time_zone"
        : existing.Currency != wanted.Currency ? "currency_code"
        : existing.PriceListType != wanted.PriceListType ? "price_list_type"
        : existing.PlanCode != wanted.PlanCode ? "plan_code"
        : existing.ActiveFrom != wanted.ActiveFrom ? "active_from"
        : existing.Licences != wanted.Licences ? "licences"
        : existing.Limits != wanted.Limits ? "limits"
        : existing.State != wanted.State ? "state"
        : "";
}
