using Classound.Grains.Pbxs;
using Classound.Storage;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classound.Api;

/// <summary>
/// Turns "cannot be said now" of any layer into UNAVAILABLE, in one place: a handler that forgot it would answer UNKNOWN,
/// which no edge repeats. Faults that are none of these stay UNKNOWN and are logged by gRPC.
/// </summary>
public sealed partial class UnavailableInterceptor(ILogger<UnavailableInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (MeansUnavailable(e, context))
        {
            throw Unavailable(context, e);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception e) when (MeansUnavailable(e, context))
        {
            throw Unavailable(context, e);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (MeansUnavailable(e, context))
        {
            throw Unavailable(context, e);
        }
    }

    // Orleans cancels what it could not place in time; a caller that went away is answered by nobody.
    private static bool MeansUnavailable(Exception e, ServerCallContext context) =>
        e is ChargingUnavailableException or StoreUnavailableException or StoreOutcomeUnknownException
            or TimeoutException or OrleansException
        || (e is OperationCanceledException && !context.CancellationToken.IsCancellationRequested);

    private RpcException Unavailable(ServerCallContext context, Exception e)
    {
        LogUnavailable(context.Method, e.GetType().Name, e.Message);
        return Refusals.Unavailable("Nothing can be said now; repeat the same request.");
    }

    // Without the stack: thousands a second of it during an outage would be the second outage.
    [LoggerMessage(EventName = "RequestUnavailable", Level = LogLevel.Warning,
        Message = "{Method} was answered UNAVAILABLE: {Kind}: {Cause}")]
    private partial void LogUnavailable(string method, string kind, string cause);
}
