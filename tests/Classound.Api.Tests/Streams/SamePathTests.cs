using System.Text.RegularExpressions;
using Classound.Api.Tests.Hosting;
using Classound.Contracts.Calls.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Api.Tests.Streams;

/// <summary>The same requests get the same answers, unary and on a stream: grants, denials, settlements and errors.</summary>
[Collection(ApiCollection.Name)]
public sealed partial class SamePathTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    /// <summary>In this order each builds on what the one before it left. Of two alike the second is a repeat.</summary>
    private static IEnumerable<EdgeRequest> Story(string pbx)
    {
        var answered = DateTimeOffset.UtcNow.ToTimestamp();
        yield return new() { Authorize = Call(pbx, "c1", Operator.France) };
        yield return new() { Authorize = Call(pbx, "c1", Operator.France) };
        yield return new() { Authorize = Call(pbx, "c1") };
        yield return new() { Authorize = Call(pbx, "c2", "0039061234567") };
        yield return new() { Authorize = Call(pbx, "c3", "+88215550100") };
        yield return new() { Authorize = Call(pbx, "c4", "+12125550100") };
        yield return new() { Authorize = Call(pbx, "c5", "112") };
        yield return new() { Authorize = Call("nobody-has-it", "c6") };
        yield return new() { Authorize = Call("not a pbx", "") };
        yield return new() { Start = new() { PbxId = pbx, CallId = "c1", AnswerTime = answered } };
        yield return new() { Start = new() { PbxId = pbx, CallId = "c1" } };
        yield return new() { Start = new() { PbxId = pbx, CallId = "c5", Emergency = true } };
        yield return new() { Extend = new() { PbxId = pbx, CallId = "c1", RequestNumber = 1, UsedSeconds = 580 } };
        yield return new() { Extend = new() { PbxId = pbx, CallId = "c1", RequestNumber = 1, UsedSeconds = 9 } };
        yield return new() { Extend = new() { PbxId = pbx, CallId = "unheard-of", RequestNumber = 1 } };
        yield return new() { End = new() { PbxId = pbx, CallId = "c1", DurationMs = 61_000, EndTime = answered } };
        yield return new() { End = new() { PbxId = pbx, CallId = "c1", DurationMs = 61_000, EndTime = answered } };
        yield return new() { End = new() { PbxId = pbx, CallId = "c1", DurationMs = 1 } };
        yield return new() { End = new() { PbxId = pbx, CallId = "c5", Emergency = true } };
        yield return new() { End = new() { PbxId = pbx, CallId = "c7", DurationMs = 1_000 } };
        yield return new() { End = new() { PbxId = pbx, CallId = "c7", DurationMs = 1_000, EndTime = answered, Details = Call(pbx, "c7") } };
        yield return new() { End = new() { PbxId = pbx, CallId = "c8", DurationMs = -1 } };
    }

    [Fact]
    public async Task EveryAnswer_IsThatOfTheUnaryRpc()
    {
        var (first, second) = (await _operator.NewPbx("same-unary"), await _operator.NewPbx("same-on-one"));
        using var stream = await RawStream.Open(_operator.Calls);
        var asked = 0ul;
        foreach (var (unary, streamed) in Story(first).Zip(Story(second)))
        {
            var expected = await AnswerUnary(unary);
            streamed.CorrelationId = expected.CorrelationId = ++asked;
            await stream.Send(streamed);
            await stream.Until((int)asked);
            Assert.Equal(Comparable(expected, first), Comparable(stream.Answer(asked), second));
        }
    }

    // On a stream the edge of hello stands for one that is not named.
    private static AuthorizeCallRequest Call(string pbx, string callId, string called = Operator.Italy) =>
        new(Operator.Call(pbx, callId, called)) { EdgeId = "edge-1" };

    private async Task<EdgeResponse> AnswerUnary(EdgeRequest request)
    {
        try
        {
            return request.RequestCase switch
            {
                EdgeRequest.RequestOneofCase.Authorize => new() { Authorize = await _operator.Calls.AuthorizeCallAsync(request.Authorize) },
                EdgeRequest.RequestOneofCase.Start => new() { Start = await _operator.Calls.StartCallAsync(request.Start) },
                EdgeRequest.RequestOneofCase.Extend => new() { Extend = await _operator.Calls.ExtendCallAsync(request.Extend) },
                _ => new() { End = await _operator.Calls.EndCallAsync(request.End) },
            };
        }
        catch (RpcException refused)
        {
            return new() { Error = refused.GetRpcStatus() };
        }
    }

    // But for the PBX, its number and what the clock says.
    private static string Comparable(EdgeResponse answer, string pbx)
    {
        var text = Details.Format(answer).Replace(pbx, "pbx", StringComparison.Ordinal).Replace(Operator.NumberOf(pbx), "own", StringComparison.Ordinal);
        return Times().Replace(text, "time");
    }

    private static readonly JsonFormatter Details = new(new JsonFormatter.Settings(false, Google.Protobuf.Reflection.TypeRegistry.FromFiles(
        Google.Rpc.ErrorDetailsReflection.Descriptor)));

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")]
    private static partial Regex Times();
}
