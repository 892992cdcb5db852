using Classound.Charging;
using Classound.Grains.Pbxs;
using Grpc.Core;

namespace Classound.Api;

/// <summary>Provisioning changes that a PBX refused, as gRPC errors.</summary>
public static class ProvisioningRefusals
{
    public static RpcException Of(ProvisioningReply reply, string pbxId) => reply.Refusal switch
    {
        ProvisioningRefusal.PbxUnknown => Refusals.PbxUnknown(pbxId),
        ProvisioningRefusal.PbxExists => Refusals.AlreadyExists(
            "PBX_EXISTS", $"PBX {pbxId} exists with another {reply.DifferingField}.", reply.DifferingField),
        ProvisioningRefusal.MoreUsersThanLicences => Refusals.FailedPrecondition(
            "MORE_USERS_THAN_LICENCES", $"PBX {pbxId} would have more users than licences; a plan per user needs a licence for each."),
        ProvisioningRefusal.DidUnknown => Refusals.NotFound("DID_UNKNOWN", $"PBX {pbxId} has no such number."),
        ProvisioningRefusal.DidExists => Refusals.AlreadyExists(
            "DID_EXISTS", $"PBX {pbxId} has this number as another kind; remove it first.", "kind"),
        ProvisioningRefusal.DidNotExternal => Refusals.FailedPrecondition(
            "DID_NOT_EXTERNAL", "Only EXTERNAL numbers are verified; this one is ours."),
        ProvisioningRefusal.MonthNotEnded => Refusals.FailedPrecondition(
            "MONTH_NOT_ENDED", $"The month is not over in the time zone of PBX {pbxId}."),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Refusal, "not a refusal"),
    };
}
