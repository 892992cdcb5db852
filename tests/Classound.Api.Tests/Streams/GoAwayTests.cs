using Classound.Api.Tests.Hosting;
using Classound.Contracts.Calls.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Classound.Api.Tests.Streams;

/// <summary>A process that was told to stop tells its edges first, and answers what it has taken.</summary>
[Collection(ApiCollection.Name)] // counts of what is in flight are those of the process
public sealed class GoAwayTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();

    private CallService.CallServiceClient Calls => _host.Operator.Calls;

    private ClassoundApiOptions Options => _host.ServicesOf(ClassoundApi.Calls).GetRequiredService<IOptions<ClassoundApiOptions>>().Value;

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task CallsInFlight_AreAnswered_AndTheStreamEndsWhenTheEdgeIsDone()
    {
        var pbx = await _host.Operator.NewPbx("goaway-flight");
        using var stream = await RawStream.Open(Calls);
        _host.Store.IsSilent = true;
        await stream.Send(Authorize(1, pbx, "c1"));
        Stop();
        await stream.UntilToldToGo();
        await stream.Send(Authorize(2, pbx, "c2", "112"));
        await stream.HalfClose();
        _host.Store.IsSilent = false;
        await stream.UntilEnd();

        Assert.NotNull(stream.Answer(1).Authorize ?? (object)stream.Answer(1).Error);
        Assert.True(stream.Answer(2).Authorize.Grant.Emergency);
    }

    [Fact]
    public async Task EdgeThatStays_IsAnsweredForAWhile_AndThenLeft()
    {
        Options.GoAwayGrace = TimeSpan.FromSeconds(3);
        var pbx = await _host.Operator.NewPbx("goaway-stays");
        Stop();
        using var stream = await RawStream.Open(Calls);
        await stream.UntilToldToGo();
        await stream.Send(Authorize(1, pbx, "c1", "112"));
        await stream.Until(1);

        var left = await Assert.ThrowsAsync<RpcException>(stream.UntilEnd);
        Assert.Equal(StatusCode.Unavailable, left.StatusCode);
    }

    [Fact]
    public async Task EdgeThatDoesNotRead_IsCutOff()
    {
        Options.GoAwayGrace = TimeSpan.FromMilliseconds(100);
        Options.GoAwayLimit = TimeSpan.FromMilliseconds(500);
        using var places = new Places();
        using var stream = await RawStream.Open(Calls);
        var sending = Flood(stream);
        await places.UntilTaken(Places.Limit);
        Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    // Far more than the connection holds, so that it ends only with the stream.
    private static async Task Flood(RawStream stream)
    {
        var request = new EdgeRequest { Extend = new ExtendCallRequest { Emergency = true } };
        while (true) await stream.Send(Enumerable.Repeat(request, 100));
    }

    private void Stop() => _host.ServicesOf(ClassoundApi.Calls).GetRequiredService<IHostApplicationLifetime>().StopApplication();

    private static EdgeRequest Authorize(ulong id, string pbx, string callId, string called = Operator.Italy) =>
        new() { CorrelationId = id, Authorize = Operator.Call(pbx, callId, called) };
}
