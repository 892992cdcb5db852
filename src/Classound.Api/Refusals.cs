using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Classound.Api;

/// <summary>
/// gRPC errors with a reason that machines can read (google.rpc.ErrorInfo). Refused calls are none of these: they are
/// replies. What is malformed is <see cref="Validation.FieldViolations"/>.
/// </summary>
public static class Refusals
{
    /// <summary>ErrorInfo.domain of every error of ours.</summary>
    public const string Domain = "classound";

    private static readonly Duration RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(250));

    public static RpcException PbxUnknown(string pbxId) => NotFound("PBX_UNKNOWN", $"There is no PBX {pbxId}.");

    public static RpcException NotFound(string reason, string message) => Error(Code.NotFound, reason, message);

    /// <param name="reason">UPPER_SNAKE, stable.</param>
    /// <param name="message">For people.</param>
    /// <param name="field">The field that stands in the way, in ErrorInfo.metadata; empty if none does.</param>
    public static RpcException FailedPrecondition(string reason, string message, string field = "") =>
        Error(Code.FailedPrecondition, reason, message, field);

    /// <param name="reason">UPPER_SNAKE, stable.</param>
    /// <param name="message">For people.</param>
    /// <param name="field">The first field that differs from what exists, in ErrorInfo.metadata; empty if none does.</param>
    public static RpcException AlreadyExists(string reason, string message, string field = "") =>
        Error(Code.AlreadyExists, reason, message, field);

    /// <summary>
    /// The store no longer has a rated call that a reader was given. Never a skip: it names the place, and people decide.
    /// </summary>
    public static RpcException DataLoss(string pbxId, string billingMonth, int partition, long sequence)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"""
            The rated call after which to go on is no longer stored: number {sequence} of partition {partition}, PBX {pbxId}, month {billingMonth}. The store has lost data, or an older backup was restored; nothing was skipped. List the month from its first page and compare it with what you have.
            """);
        var status = Describe(Code.DataLoss, "RATED_CALL_LOST", message, "");
        status.Details[0] = Any.Pack(new ErrorInfo
        {
            Domain = Domain, Reason = "RATED_CALL_LOST",
            Metadata =
            {
                ["pbx_id"] = pbxId, ["billing_month"] = billingMonth,
                ["partition"] = partition.ToString(CultureInfo.InvariantCulture), ["sequence"] = sequence.ToString(CultureInfo.InvariantCulture),
            },
        });
        return status.ToRpcException();
    }

    /// <summary>Nothing can be said now: the same request may be repeated.</summary>
    public static RpcException Unavailable(string message) => UnavailableStatus(message).ToRpcException();

    /// <summary>The same, for an answer on a stream.</summary>
    public static Status UnavailableStatus(string message)
    {
        var status = Describe(Code.Unavailable, "TRY_AGAIN", message, "");
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = RetryDelay }));
        return status;
    }

    /// <summary>There is no room for it now: the same request may be repeated after the delay.</summary>
    /// <param name="reason">UPPER_SNAKE, stable.</param>
    /// <param name="message">For people.</param>
    /// <param name="delay">After which it is worth trying again.</param>
    public static RpcException Exhausted(string reason, string message, TimeSpan delay)
    {
        var status = Describe(Code.ResourceExhausted, reason, message, "");
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        return status.ToRpcException();
    }

    /// <summary>What stands in the way, as a catalogue says it, as a sentence.</summary>
    public static string Sentence(string detail) =>
        detail.Length == 0 ? "The catalogue cannot be changed so." : $"{char.ToUpperInvariant(detail[0])}{detail.AsSpan(1)}.";

    private static RpcException Error(Code code, string reason, string message, string field = "") =>
        Describe(code, reason, message, field).ToRpcException();

    private static Status Describe(Code code, string reason, string message, string field)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = reason };
        if (field.Length > 0) info.Metadata.Add("field", field);
        return new Status { Code = (int)code, Message = message, Details = { Any.Pack(info) } };
    }
}
