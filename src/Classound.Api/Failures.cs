using System.Diagnostics.Metrics;
using Classound.Grains.Pbxs;
using Classound.Storage;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Status = Google.Rpc.Status;

namespace Classound.Api;

/// <summary>What it means to a caller that a request could not be answered: one mapping for unary calls and for the stream.</summary>
public sealed partial class Failures(ILogger<Failures> logger)
{
    private static readonly Meter Meter = new(PbxCalls.MeterName);
    private readonly Counter<long> _unanswered = Meter.CreateCounter<long>(
        "classound.api.unavailable", "{request}", "Requests answered UNAVAILABLE, which callers repeat, by rpc_method").FromZero("rpc.method", "AuthorizeCall");

    /// <summary>Whether it means "cannot be said now": the same request may be repeated. Orleans cancels what it could not place in time.</summary>
    public static bool MeansUnavailable(Exception e) =>
        e is ChargingUnavailableException or StoreUnavailableException or StoreOutcomeUnknownException
            or TimeoutException or OrleansException or OperationCanceledException;

    /// <summary>UNAVAILABLE with RetryInfo, and a line in the log.</summary>
    public Status Unavailable(Exception e, string method)
    {
        _unanswered.Add(1, new KeyValuePair<string, object?>("rpc.method", method[(method.LastIndexOf('/') + 1)..]));
        LogUnavailable(method, e.GetType().Name, e.Message);
        return Refusals.UnavailableStatus("Nothing can be said now; repeat the same request.");
    }

    /// <summary>What the unary RPC would have ended with, for a request on a stream.</summary>
    public Status StatusOf(Exception e, string method)
    {
        if (e is RpcException refused)
            return refused.GetRpcStatus() ?? new Status { Code = (int)refused.StatusCode, Message = refused.Status.Detail };
        if (MeansUnavailable(e)) return Unavailable(e, method);
        LogFault(method, e);
        return new Status { Code = (int)StatusCode.Unknown, Message = "Exception was thrown by handler." };
    }

    // Without the stack: thousands a second of it during an outage would be the second outage.
    [LoggerMessage(EventName = "RequestUnavailable", Level = LogLevel.Warning,
        Message = "{Method} was answered UNAVAILABLE: {Kind}: {Cause}")]
    private partial void LogUnavailable(string method, string kind, string cause);

    [LoggerMessage(EventName = "RequestFailed", Level = LogLevel.Error, Message = "{Method} on a stream failed")]
    private partial void LogFault(string method, Exception fault);
}
