using System.Text.RegularExpressions;
using Grpc.Core;

namespace Classound.Api.Tests.Hosting;

/// <summary>
/// Sends each RPC to the process that has its service. Where several have it, the service only reads: all are asked, and must say the same.
/// </summary>
/// <param name="processes">By service.</param>
/// <param name="everywhere">Waits until what was provisioned has reached every process.</param>
internal sealed partial class RpcsByService(ILookup<string, CallInvoker> processes, Func<Task> everywhere) : CallInvoker
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var asked = To(method).Select(process => process.AsyncUnaryCall(method, host, options, request)).ToList();
        var first = asked[0];
        return new AsyncUnaryCall<TResponse>(
            Settled(method, Same(asked)), first.ResponseHeadersAsync, first.GetStatus, first.GetTrailers, () => asked.ForEach(call => call.Dispose()));
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = To(method).Single().AsyncClientStreamingCall(method, host, options);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            call.RequestStream, Settled(method, call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        To(method).Single().AsyncServerStreamingCall(method, host, options, request);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        To(method).Single().AsyncDuplexStreamingCall(method, host, options);

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException("no test blocks");

    private static string ServiceOf<TRequest, TResponse>(Method<TRequest, TResponse> method) => method.ServiceName.Split('.')[1];

    private IEnumerable<CallInvoker> To<TRequest, TResponse>(Method<TRequest, TResponse> method) => processes[ServiceOf(method)];

    private async Task<TResponse> Settled<TRequest, TResponse>(Method<TRequest, TResponse> method, Task<TResponse> answer)
    {
        var reply = await answer;
        if (ServiceOf(method) == ClassoundApi.Provisioning) await everywhere();
        return reply;
    }

    private static async Task<TResponse> Same<TResponse>(List<AsyncUnaryCall<TResponse>> asked)
    {
        foreach (var other in asked.Skip(1)) Assert.Equal(await Outcome(asked[0]), await Outcome(other));
        return await asked[0];
    }

    // But for the moment in which each of them refused.
    private static async Task<string> Outcome<TResponse>(AsyncUnaryCall<TResponse> call)
    {
        try
        {
            return DenyTime().Replace($"{await call}", "denied");
        }
        catch (RpcException refused)
        {
            return refused.Status.ToString();
        }
    }

    [GeneratedRegex("\"denyTime\": \"[^\"]*\"")]
    private static partial Regex DenyTime();
}
