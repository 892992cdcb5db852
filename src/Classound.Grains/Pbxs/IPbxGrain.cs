using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;

namespace Classound.Grains.Pbxs;

/// <summary>
/// The one owner of a PBX (key = PBX id): gives <see cref="Pbx"/> an order of events and a durable memory. Every answer
/// is durable before it leaves. Throws <see cref="ChargingUnavailableException"/> while the store cannot be reached or
/// its answer is unknown: the caller may repeat the same request.
/// </summary>
[Alias("classound.pbx")]
public interface IPbxGrain : IGrainWithStringKey
{
    [Alias("authorize"), ResponseTimeout("00:00:02")]
    Task<CallAnswer> Authorize(AuthorizeRequest request);

    [Alias("start"), ResponseTimeout("00:00:02")]
    Task<CallAnswer> Start(string callId, DateTimeOffset answeredAt);

    [Alias("extend"), ResponseTimeout("00:00:02")]
    Task<CallAnswer> Extend(string callId, int requestNumber, int usedSeconds, int requestedSeconds);

    [Alias("end"), ResponseTimeout("00:00:10")]
    Task<CallAnswer> End(EndRequest request);

    /// <summary>
    /// Closes those of these calls whose lease has ended by the grain's own knowledge (sweep); none shortly after an outage
    /// of the store. Doing it twice is harmless.
    /// </summary>
    /// <returns>Calls that are not active here: their lease is about to go, or nothing will remove it.</returns>
    [Alias("close-overdue"), ResponseTimeout("00:00:10")]
    Task<IReadOnlyList<string>> CloseOverdue(IReadOnlyList<string> callIds);

    /// <summary>Writes these calls' leases as they must be: none for a call that is not active.</summary>
    [Alias("heal-leases"), ResponseTimeout("00:00:10")]
    Task HealLeases(IReadOnlyList<string> callIds);

    /// <summary>An edge restarted and says which calls it has.</summary>
    [Alias("sync"), ResponseTimeout("00:00:30")]
    Task<PbxSyncReply> Sync(PbxSync sync);

    /// <summary>The call as it stands: active, settled or denied; null = never heard of.</summary>
    [Alias("find")]
    Task<CallAnswer?> Find(string callId);

    /// <summary>Active calls in the order of their ids.</summary>
    [Alias("list-active")]
    Task<IReadOnlyList<ActiveCall>> ListActive(string afterCallId, int max);

    /// <summary>
    /// What a call would get now, without placing it. Without a caller it is from any number that the PBX may show; where it has
    /// none, it is refused as the call would be.
    /// </summary>
    [Alias("quote")]
    Task<PbxQuote> Quote(AuthorizeRequest request, int durationSeconds);

    /// <summary>Settings and live counts; null = no such PBX.</summary>
    [Alias("describe")]
    Task<PbxDescription?> Describe();

    [Alias("provision")]
    Task<ProvisioningReply> Provision(PbxSettings settings);

    [Alias("update")]
    Task<ProvisioningReply> Update(PbxUpdate update);

    [Alias("set-licences")]
    Task<ProvisioningReply> SetLicences(UserLicences licences);

    [Alias("set-users")]
    Task<ProvisioningReply> SetUsers(IReadOnlyList<string> userIds);

    [Alias("add-did")]
    Task<ProvisioningReply> AddDid(Did did);

    [Alias("verify-did")]
    Task<ProvisioningReply> VerifyDid(E164Number number);

    [Alias("remove-did")]
    Task<ProvisioningReply> RemoveDid(E164Number number);

    [Alias("list-dids")]
    Task<IReadOnlyList<Did>> ListDids();

    [Alias("close-billing-month")]
    Task<ProvisioningReply> CloseBillingMonth(int month);
}
