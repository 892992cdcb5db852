using Classound.Api.Tests.Hosting;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Classound.Api.Tests.Streams;

/// <summary>Many requests on one stream: each has its own answer, as soon as it is there, and none harms another.</summary>
[Collection(ApiCollection.Name)]
public sealed class ConnectTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private CallService.CallServiceClient Calls => _operator.Calls;

    [Fact]
    public async Task LifeOfACall_OnOneStream()
    {
        var pbx = await _operator.NewPbx("stream-life");
        using var stream = await RawStream.Open(Calls, "edge-stream");
        await stream.Send(Authorize(1, pbx, "c1"));
        await stream.Until(1);
        Assert.Equal(600, stream.Answer(1).Authorize.Grant.GrantedSeconds);
        await stream.Send(new EdgeRequest
        {
            CorrelationId = 2, Start = new() { PbxId = pbx, CallId = "c1", AnswerTime = DateTimeOffset.UtcNow.ToTimestamp() },
        });
        await stream.Until(2);
        Assert.NotNull(stream.Answer(2).Start.Grant);
        await stream.Send(new EdgeRequest { CorrelationId = 3, Extend = new() { PbxId = pbx, CallId = "c1", RequestNumber = 1, UsedSeconds = 570 } });
        await stream.Until(3);
        Assert.Equal(1170, stream.Answer(3).Extend.Grant.GrantedSeconds);

        var active = (await Calls.GetCallAsync(new GetCallRequest { PbxId = pbx, CallId = "c1" })).Call;
        Assert.Equal("edge-stream", active.EdgeId);

        await stream.Send(new EdgeRequest { CorrelationId = 4, End = new() { PbxId = pbx, CallId = "c1", DurationMs = 600_000 } });
        await stream.HalfClose();
        await stream.UntilEnd();
        Assert.Equal(600, stream.Answer(4).End.Settlement.CallSeconds);
        Assert.Equal(4, stream.Answers.Count);
    }

    [Fact]
    public async Task AnswersLeaveAsTheyAreReady_NotInOrder()
    {
        var pbx = await _operator.NewPbx("stream-order");
        using var stream = await RawStream.Open(Calls);
        host.Store.IsSilent = true;
        try
        {
            await stream.Send(Authorize(1, pbx, "c1"), Authorize(2, pbx, "c2", "112"));
            await stream.Until(1);
            Assert.True(stream.Answer(2).Authorize.Grant.Emergency);
        }
        finally
        {
            host.Store.IsSilent = false;
        }

        await stream.Until(2);
        Assert.NotNull(stream.Answer(1).Authorize ?? (object)stream.Answer(1).Error);
    }

    [Fact]
    public async Task RequestThatIsMalformed_HarmsNoOther()
    {
        var pbx = await _operator.NewPbx("stream-malformed");
        using var stream = await RawStream.Open(Calls);
        await stream.Send(
            Authorize(1, pbx, "c1"), Authorize(2, "not a pbx", "c2"), new EdgeRequest { CorrelationId = 3 }, Authorize(4, pbx, "c4"));
        await stream.Until(4);

        Assert.NotNull(stream.Answer(1).Authorize.Grant);
        Assert.NotNull(stream.Answer(4).Authorize.Grant);
        foreach (var (id, field) in new[] { (2ul, "pbx_id"), (3ul, "request") })
        {
            var error = stream.Answer(id).Error;
            Assert.Equal((int)Code.InvalidArgument, error.Code);
            Assert.Equal(field, Assert.Single(error.GetDetail<BadRequest>()!.FieldViolations).Field);
        }
    }

    [Fact]
    public async Task StoreOut_IsUnavailableForItsRequests_AndTheStreamGoesOn()
    {
        var pbx = await _operator.NewPbx("stream-out");
        using var stream = await RawStream.Open(Calls);
        host.Store.IsOut = true;
        try
        {
            await stream.Send(Authorize(1, pbx, "c1"), Authorize(2, pbx, "c2", "112"));
            await stream.Until(2);
        }
        finally
        {
            host.Store.IsOut = false;
        }

        Assert.True(stream.Answer(2).Authorize.Grant.Emergency);
        var error = stream.Answer(1).Error;
        Assert.Equal((int)Code.Unavailable, error.Code);
        Assert.Equal("TRY_AGAIN", error.GetDetail<ErrorInfo>()!.Reason);
        Assert.NotNull(error.GetDetail<RetryInfo>());
        await stream.Send(Authorize(3, pbx, "c1"));
        await stream.Until(3);
        Assert.NotNull(stream.Answer(3).Authorize.Grant);
    }

    [Fact]
    public async Task StreamThatIsLost_IsRepeatedOnAnother()
    {
        var pbx = await _operator.NewPbx("stream-lost");
        using (var lost = await RawStream.Open(Calls))
        {
            await lost.Send(Authorize(1, pbx, "c1"));
            await lost.Until(1);
        }
        using var stream = await RawStream.Open(Calls);
        await stream.Send(Authorize(1, pbx, "c1"));
        await stream.Until(1);
        Assert.True(stream.Answer(1).Authorize.Repeated);
        Assert.True((await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1"))).Repeated);
    }

    private static EdgeRequest Authorize(ulong id, string pbx, string callId, string called = Operator.Italy) =>
        new() { CorrelationId = id, Authorize = Operator.Call(pbx, callId, called) };
}
