using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Classound.Api.Validation;

/// <summary>
/// Collects what is malformed in one request, all of it and not only the first fault, so that the author of an edge
/// mends it in one go. A sound request allocates nothing here.
/// </summary>
public struct FieldViolations
{
    private BadRequest? _violations;

    /// <summary>Path of the message whose fields are being checked, with a final dot ("details."); empty at the top.</summary>
    public string Within { readonly get => field ?? ""; set; }

    public readonly bool Any => _violations is not null;

    /// <summary>Notes a fault. Path and text go to the caller, so neither repeats a phone number.</summary>
    /// <param name="field">Proto name of the field inside <see cref="Within"/>, for example "caller" or "bands[2].max_users".</param>
    /// <param name="fault">What was seen and what is expected, as a sentence without the field's name.</param>
    public void Add(string field, string fault)
    {
        _violations ??= new BadRequest();
        _violations.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = Within + field, Description = fault });
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT with google.rpc.BadRequest, if anything was noted.</exception>
    public readonly void ThrowIfAny()
    {
        if (_violations is not null) throw ToException();
    }

    /// <summary>INVALID_ARGUMENT with google.rpc.BadRequest. Only after <see cref="Add"/>.</summary>
    public readonly RpcException ToException()
    {
        var violations = _violations ?? throw new InvalidOperationException("Nothing is malformed.");
        var first = violations.FieldViolations[0];
        var more = violations.FieldViolations.Count - 1;
        var message = $"{first.Field}: {first.Description}" + (more == 0 ? "" : $" (and {more} more)");
        var details = Google.Protobuf.WellKnownTypes.Any.Pack(violations);
        return new Status { Code = (int)Code.InvalidArgument, Message = message, Details = { details } }.ToRpcException();
    }
}
