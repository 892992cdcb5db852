using System.Globalization;
using Classound.Api.Validation;
using Classound.Charging;
using Classound.Charging.Numbering;
using Classound.Grains.Dids;
using Classound.Grains.Pbxs;
using Grpc.Core;
using Orleans;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Numbers of PBXs: the claim protocol is driven from here, so that one number never has two owners.</summary>
public sealed class DidService(IGrainFactory grains, DidOwnership ownership) : Wire.DidService.DidServiceBase
{
    public override async Task<Wire.AddDidResponse> AddDid(Wire.AddDidRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        DidRequests.Check(request);
        var reply = await ownership.ClaimAsync(request.PbxId, Number(request.Number), Kind(request.Kind));
        return new Wire.AddDidResponse { Did = ToWire(Done(reply, request.PbxId)!, request.PbxId) };
    }

    public override async Task<Wire.VerifyDidResponse> VerifyDid(Wire.VerifyDidRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        DidRequests.Check(request);
        var reply = await ownership.VerifyAsync(request.PbxId, Number(request.Number));
        return new Wire.VerifyDidResponse { Did = ToWire(Done(reply, request.PbxId)!, request.PbxId) };
    }

    public override async Task<Wire.RemoveDidResponse> RemoveDid(Wire.RemoveDidRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        DidRequests.Check(request);
        Done(await ownership.ReleaseAsync(request.PbxId, Number(request.Number)), request.PbxId);
        return new Wire.RemoveDidResponse();
    }

    public override async Task<Wire.ListDidsResponse> ListDids(Wire.ListDidsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        var after = (ulong)DidRequests.Check(request);
        var size = NumberFields.PageSizeOf(request.PageSize);
        var grain = grains.GetGrain<IPbxGrain>(request.PbxId);
        var all = await grain.ListDids();
        if (all.Count == 0 && await grain.Describe() is null) throw Refusals.PbxUnknown(request.PbxId);
        var rest = all.Where(did => did.Number.Digits > after).Take(size + 1).ToList();
        var reply = new Wire.ListDidsResponse();
        reply.Dids.AddRange(rest.Take(size).Select(did => ToWire(did, request.PbxId)));
        if (rest.Count > size)
        {
            var last = rest[size - 1].Number.Digits.ToString(CultureInfo.InvariantCulture);
            reply.NextPageToken = PageToken.Create(DidRequests.ListName(request), last);
        }

        return reply;
    }

    public static Wire.Did ToWire(Did did, string pbxId) => new()
    {
        PbxId = pbxId,
        Number = did.Number.ToString(),
        Kind = did.Kind switch
        {
            DidKind.Hosted => Wire.DidKind.Hosted,
            DidKind.Ported => Wire.DidKind.Ported,
            DidKind.External => Wire.DidKind.External,
            _ => throw new ArgumentOutOfRangeException(nameof(did), did.Kind, "not a kind of DID"),
        },
        State = did.IsOwned ? Wire.DidState.Owned : Wire.DidState.Unverified,
    };

    private static Did? Done(DidReply reply, string pbxId) => reply.Refusal switch
    {
        DidRefusal.None => reply.Did,
        DidRefusal.PbxUnknown => throw Refusals.PbxUnknown(pbxId),
        DidRefusal.DidUnknown => throw Refusals.NotFound("DID_UNKNOWN", $"PBX {pbxId} has no such number."),
        DidRefusal.TakenByAnother => throw Refusals.AlreadyExists("DID_TAKEN", "The number belongs to another PBX.", "number"),
        DidRefusal.OtherKind => throw Refusals.AlreadyExists(
            "DID_EXISTS", $"PBX {pbxId} has this number as another kind; remove it first.", "kind"),
        DidRefusal.NotExternal => throw Refusals.FailedPrecondition(
            "DID_NOT_EXTERNAL", "Only EXTERNAL numbers are verified; this one is ours."),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Refusal, "not a refusal"),
    };

    private static E164Number Number(string text)
    {
        E164Number.Parse(text, out var number);
        return number;
    }

    private static DidKind Kind(Wire.DidKind kind) => kind switch
    {
        Wire.DidKind.Hosted => DidKind.Hosted,
        Wire.DidKind.Ported => DidKind.Ported,
        Wire.DidKind.External => DidKind.External,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of DID"),
    };
}
