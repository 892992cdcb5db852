using Classound.Api.Tests.Hosting;
using Classound.Contracts.Calls.V1;

namespace Classound.Api.Tests.Streams;

/// <summary>An edge that does not read its answers is not read either, costs a bounded amount of memory, and hurts nobody else.</summary>
[Collection(ApiCollection.Name)]
public sealed class FlowControlTests(ApiHost host)
{
    private const int Messages = 400;
    private const int RequestsInAMessage = 100;

    private static readonly string LongId = new('c', 120);

    private readonly Operator _operator = host.Operator;

    [Fact]
    public async Task EdgeThatNeverReads_HoldsItsPlacesAndNoMore_AndOthersGoOn()
    {
        var pbx = await _operator.NewPbx("stream-deaf");
        using var places = new Places();
        using var deaf = await RawStream.Open(_operator.Calls);
        var sending = SendAll(deaf);
        await places.UntilTaken(Places.Limit);

        Assert.NotNull((await _operator.Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1"))).Grant);
        using var other = await RawStream.Open(_operator.Calls);
        await other.Send(new EdgeRequest { CorrelationId = 1, Authorize = Operator.Call(pbx, "c2") });
        await other.Until(1);
        Assert.NotNull(other.Answer(1).Authorize.Grant);
        Assert.False(sending.IsCompleted);

        // It was held up, nothing was lost.
        await deaf.Until(Messages * RequestsInAMessage);
        await sending;
        await deaf.HalfClose();
        await deaf.UntilEnd();
        Assert.Equal(Messages * RequestsInAMessage, deaf.Answers.Select(answer => answer.CorrelationId).Distinct().Count());
        Assert.True(places.Most <= Places.Limit + 1, $"{places.Most} were in flight"); // the one is the other stream's
    }

    [Fact]
    public async Task SeveralThatNeverRead_DoNotHoldUpTheirConnection()
    {
        const int Several = 8;
        var pbx = await _operator.NewPbx("streams-deaf");
        using var places = new Places();
        var deaf = new List<RawStream>();
        var sending = new List<Task>();
        for (var stream = 0; stream < Several; stream++)
        {
            deaf.Add(await RawStream.Open(_operator.Calls));
            sending.Add(SendAll(deaf[^1]));
        }
        await places.UntilTaken(Several * Places.Limit);

        using var other = await RawStream.Open(_operator.Calls);
        await other.Send(new EdgeRequest { CorrelationId = 1, Authorize = Operator.Call(pbx, "c1") });
        await other.Until(1);

        Assert.NotNull(other.Answer(1).Authorize.Grant);
        Assert.All(sending, task => Assert.False(task.IsCompleted));
        deaf.ForEach(stream => stream.Dispose());
        foreach (var task in sending) await Assert.ThrowsAnyAsync<Exception>(() => task);
    }

    // All of it is several times what a connection holds on its way. Answered without a grain, so as fast as the stream can.
    private static async Task SendAll(RawStream stream)
    {
        for (var message = 0; message < Messages; message++)
        {
            var first = message * RequestsInAMessage;
            await stream.Send(Enumerable.Range(first, RequestsInAMessage).Select(id => new EdgeRequest
            {
                CorrelationId = (ulong)id, Extend = new ExtendCallRequest { CallId = LongId, Emergency = true },
            }));
        }
    }
}
