using Classound.Contracts.Calls.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;

namespace Classound.Client.Tests;

/// <summary>Silos that stop, break off, fall silent or are not there.</summary>
public sealed class MovingOverTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private ScriptedSilo _first = null!;
    private ScriptedSilo _second = null!;

    public async Task InitializeAsync() => (_first, _second) = (await ScriptedSilo.Start(), await ScriptedSilo.Start());

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task LostStream_FailsWhatHadNoAnswer_AndTheNextRequestGoesToTheNextSilo()
    {
        await using var edge = Connect(_first, _second);
        var asked = Enumerable.Range(0, 3).Select(n => edge.AuthorizeAsync(Call($"c{n}"))).ToList();
        var stream = await _first.NextStream();
        await stream.Next(3);
        stream.Break(StatusCode.Internal);
        foreach (var request in asked)
        {
            var lost = await Assert.ThrowsAsync<RpcException>(() => request);
            Assert.Equal(StatusCode.Unavailable, lost.StatusCode);
            Assert.NotNull(lost.GetRpcStatus()!.GetDetail<RetryInfo>());
        }

        await Granted(edge, _second, "c0");
    }

    [Fact]
    public async Task GoAway_NewRequestsGoElsewhere_AndThoseInFlightAreAnswered()
    {
        await using var edge = Connect(_first, _second);
        var old = edge.AuthorizeAsync(Call("c1"));
        var leaving = await _first.NextStream();
        var request = await leaving.Next();
        await leaving.SayGoAway();
        Assert.Null(await leaving.Next()); // half-closed: it has moved over

        await Granted(edge, _second, "c2");
        await leaving.Grant(request!);
        leaving.End();
        Assert.Equal("c1", (await old).Grant.Destination);
    }

    [Fact]
    public async Task GoAwayOfTheOnlySilo_ItGoesOnBeingUsed_AndIsNotAskedAgainAtOnce()
    {
        await using var edge = Connect(_first);
        var first = edge.AuthorizeAsync(Call("c1"));
        var stream = await _first.NextStream();
        await stream.Grant((await stream.Next())!);
        await first;
        await stream.SayGoAway();
        // The new stream is told the same as its first word.
        var next = await _first.NextStream();
        await next.SayGoAway();
        Assert.Null(await stream.Next());
        stream.End();

        var second = edge.AuthorizeAsync(Call("c2"));
        await next.Grant((await next.Next())!);
        Assert.Equal("c2", (await second).Grant.Destination);
        Assert.True(_first.HasNoMoreStreams);
        next.Break(StatusCode.Unavailable);
    }

    [Fact]
    public async Task SilentSilo_TimesOut_AndIsLeft()
    {
        await using var edge = Connect(_first, _second);
        var asked = edge.AuthorizeAsync(Call("c1"));
        await (await _first.NextStream()).Next();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => asked)).StatusCode);

        await Granted(edge, _second, "c1");
    }

    [Fact]
    public async Task OneRequestWithoutAnAnswer_TimesOut_AndTheStreamGoesOn()
    {
        await using var edge = Connect(_first, _second);
        var (lost, other) = (edge.AuthorizeAsync(Call("c1")), edge.AuthorizeAsync(Call("c2")));
        var stream = await _first.NextStream();
        var requests = await stream.Next(2);
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        await stream.Grant(requests[1]);
        await other;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<RpcException>(() => lost);

        var next = edge.AuthorizeAsync(Call("c3"));
        await stream.Grant((await stream.Next())!);
        Assert.Equal("c3", (await next).Grant.Destination);
        Assert.True(_first.HasNoMoreStreams && _second.HasNoMoreStreams);
        stream.End();
    }

    [Fact]
    public async Task NoSiloThere_FailsAtOnce_AndIsTriedAgainAfterAWhile()
    {
        var tries = 0;
        var options = new EdgeConnectionOptions
        {
            EdgeId = "edge-1", Clock = _clock, DecisionTimeout = TimeSpan.FromMinutes(1),
            Connect = _ => GrpcChannel.ForAddress(++tries == 1 ? "http://127.0.0.1:1" : _first.Address.ToString()),
        };
        await using var edge = new EdgeConnection([_first.Address], options);
        for (var n = 0; n < 3; n++)
            Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => edge.AuthorizeAsync(Call("c1")))).StatusCode);
        Assert.Equal(1, tries);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Granted(edge, _first, "c1");
    }

    private EdgeConnection Connect(params ScriptedSilo[] silos) =>
        new(silos.Select(silo => silo.Address), new EdgeConnectionOptions { EdgeId = "edge-1", Clock = _clock });

    private static async Task Granted(EdgeConnection edge, ScriptedSilo silo, string callId)
    {
        var asked = edge.AuthorizeAsync(Call(callId));
        var stream = await silo.NextStream();
        await stream.Grant((await stream.Next())!);
        Assert.Equal(callId, (await asked).Grant.Destination);
        stream.End();
    }

    private static AuthorizeCallRequest Call(string callId) => new() { PbxId = "acme", CallId = callId };
}
