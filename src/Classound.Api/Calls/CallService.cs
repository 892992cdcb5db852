using Classound.Api.Calls.Edges;
using Grpc.Core;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls;

/// <summary>What edges and operators ask about calls. The four RPCs of a call's life are answered alike here and on the stream.</summary>
public sealed partial class CallService(
    CallAnswers answers, EdgeStreams streams, PbxCalls pbxs, EdgeSync sync, CallReplies replies, TimeProvider clock)
    : Wire.CallService.CallServiceBase
{
    public override Task<Wire.AuthorizeCallResponse> AuthorizeCall(Wire.AuthorizeCallRequest request, ServerCallContext context) =>
        answers.Authorize(request, Caller.Of(context));

    public override Task<Wire.StartCallResponse> StartCall(Wire.StartCallRequest request, ServerCallContext context) =>
        answers.Start(request, Caller.Of(context));

    public override Task<Wire.ExtendCallResponse> ExtendCall(Wire.ExtendCallRequest request, ServerCallContext context) =>
        answers.Extend(request, Caller.Of(context));

    public override Task<Wire.EndCallResponse> EndCall(Wire.EndCallRequest request, ServerCallContext context) =>
        answers.End(request, Caller.Of(context));

    public override Task Connect(
        IAsyncStreamReader<Wire.ConnectRequest> requestStream, IServerStreamWriter<Wire.ConnectResponse> responseStream,
        ServerCallContext context) => streams.Serve(requestStream, responseStream, context);
}
