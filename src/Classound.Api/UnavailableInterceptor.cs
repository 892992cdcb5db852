using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Classound.Api;

/// <summary>
/// Turns "cannot be said now" of any layer into UNAVAILABLE, in one place: a handler that forgot it would answer UNKNOWN,
/// which no edge repeats. Faults that are none of these stay UNKNOWN and are logged by gRPC.
/// </summary>
public sealed class UnavailableInterceptor(Failures failures) : Interceptor
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
    private static bool MeansUnavailable(Exception e, ServerCallContext context)
    {
        if (e is OperationCanceledException && context.CancellationToken.IsCancellationRequested) return false;
        FailedSpans.Mark(context, e); // here, where what is caught and what is thrown on both come by
        return Failures.MeansUnavailable(e);
    }

    private RpcException Unavailable(ServerCallContext context, Exception e) => failures.Unavailable(e, context.Method).ToRpcException();
}
