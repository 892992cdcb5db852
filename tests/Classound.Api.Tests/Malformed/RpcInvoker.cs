using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using WireBilling = Classound.Contracts.Billing.V1;
using WireCalls = Classound.Contracts.Calls.V1;
using WireProvisioning = Classound.Contracts.Provisioning.V1;
using WireRating = Classound.Contracts.Rating.V1;
using WireReports = Classound.Contracts.Reports.V1;

namespace Classound.Api.Tests.Malformed;

/// <summary>Every RPC there is, callable by its descriptor.</summary>
internal static class RpcInvoker
{
    public static readonly IReadOnlyList<ServiceDescriptor> Services =
    [
        .. new[]
        {
            WireCalls.CallServiceReflection.Descriptor, WireBilling.BillingServiceReflection.Descriptor,
            WireRating.RatingServiceReflection.Descriptor, WireReports.ReportServiceReflection.Descriptor,
            WireProvisioning.PbxServiceReflection.Descriptor, WireProvisioning.DidServiceReflection.Descriptor,
            WireProvisioning.PlanServiceReflection.Descriptor, WireProvisioning.PriceListServiceReflection.Descriptor,
        }.SelectMany(file => file.Services),
    ];

    public static IEnumerable<MethodDescriptor> Methods => Services.SelectMany(service => service.Methods);

    /// <summary>Sends the messages: all of a client stream, one otherwise.</summary>
    /// <returns>The reply, or the last of several; an error throws, also that of one request on a stream.</returns>
    public static async Task<IMessage> Call(CallInvoker invoker, string name, IReadOnlyList<IMessage> requests)
    {
        var descriptor = Methods.Single(method => method.Name == name);
        if (descriptor is { IsClientStreaming: true, IsServerStreaming: true })
            return await AnswerOnStream(new WireCalls.CallService.CallServiceClient(invoker), requests);
        if (descriptor.IsServerStreaming) return await LastReply(invoker, descriptor, requests.Single());
        if (!descriptor.IsClientStreaming)
            return await invoker.AsyncUnaryCall(Method(descriptor, MethodType.Unary), null, default, requests.Single());
        using var call = invoker.AsyncClientStreamingCall(Method(descriptor, MethodType.ClientStreaming), null, default);
        foreach (var request in requests)
        {
            // A server that has refused already does not read on.
            try
            {
                await call.RequestStream.WriteAsync(request);
            }
            catch (RpcException)
            {
                break;
            }
        }

        await call.RequestStream.CompleteAsync();
        return await call;
    }

    private static async Task<IMessage> AnswerOnStream(WireCalls.CallService.CallServiceClient client, IReadOnlyList<IMessage> requests)
    {
        using var call = client.Connect();
        IMessage last = new WireCalls.ConnectResponse();
        foreach (var request in requests) await call.RequestStream.WriteAsync((WireCalls.ConnectRequest)request);
        await call.RequestStream.CompleteAsync();
        while (await call.ResponseStream.MoveNext())
        {
            last = call.ResponseStream.Current;
            if (call.ResponseStream.Current.Responses.FirstOrDefault(answer => answer.Error is not null) is { } refused)
                throw refused.Error.ToRpcException();
        }
        return last;
    }

    private static async Task<IMessage> LastReply(CallInvoker invoker, MethodDescriptor descriptor, IMessage request)
    {
        using var call = invoker.AsyncServerStreamingCall(Method(descriptor, MethodType.ServerStreaming), null, default, request);
        IMessage? last = null;
        while (await call.ResponseStream.MoveNext()) last = call.ResponseStream.Current;
        return last ?? throw new InvalidOperationException($"{descriptor.Name} gave no reply");
    }

    private static Method<IMessage, IMessage> Method(MethodDescriptor descriptor, MethodType type) => new(
        type, descriptor.Service.FullName, descriptor.Name, Marshaller(descriptor.InputType), Marshaller(descriptor.OutputType));

    private static Marshaller<IMessage> Marshaller(MessageDescriptor type) =>
        Marshallers.Create(message => message.ToByteArray(), type.Parser.ParseFrom);
}
