using System.Net.Sockets;
using Classound.Contracts.Calls.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;

namespace Classound.Client.Tests;

public sealed class EdgeConnectionTests : IAsyncLifetime
{
    private ScriptedSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await ScriptedSilo.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Answers_FindTheirRequests_InWhateverOrderTheyCome()
    {
        await using var edge = Connect();
        var asked = Enumerable.Range(0, 20).Select(n => edge.AuthorizeAsync(Call($"c{n}"))).ToList();
        var stream = await _silo.NextStream();
        var requests = await stream.Next(20);
        requests.Reverse();
        await stream.Grant(requests[..7]);
        await stream.Grant(requests[7..]);

        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"c{n}"), (await Task.WhenAll(asked)).Select(answer => answer.Grant.Destination));
        Assert.Equal("edge-1", stream.EdgeId);
        stream.End();
    }

    [Fact]
    public async Task EveryKind_HasItsOwnAnswer_AndAnErrorIsThatOfTheRequestAlone()
    {
        await using var edge = Connect();
        var (start, extend, end) = (edge.StartAsync(new()), edge.ExtendAsync(new()), edge.EndAsync(new()));
        var stream = await _silo.NextStream();
        var requests = await stream.Next(3);
        await stream.Answer(
            new EdgeResponse { CorrelationId = requests[0].CorrelationId, Start = new StartCallResponse { Repeated = true } },
            new EdgeResponse { CorrelationId = requests[1].CorrelationId, Error = Refusal() },
            new EdgeResponse { CorrelationId = requests[2].CorrelationId, End = new EndCallResponse { Conflict = true } });

        Assert.True((await start).Repeated);
        Assert.True((await end).Conflict);
        var error = await Assert.ThrowsAsync<RpcException>(() => extend);
        Assert.Equal((StatusCode.InvalidArgument, "used_seconds: is -1"), (error.StatusCode, error.Status.Detail));
        Assert.Equal("used_seconds", error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
        stream.End();
    }

    [Fact]
    public async Task WhatGathersWhileTheConnectionIsMade_TravelsTogether()
    {
        var reachable = new TaskCompletionSource();
        await using var edge = new EdgeConnection([_silo.Address], new EdgeConnectionOptions
        {
            EdgeId = "edge-1",
            DecisionTimeout = TimeSpan.FromMinutes(1),
            Connect = address => Through(address, async cancellation => await reachable.Task.WaitAsync(cancellation)),
        });
        var asked = Enumerable.Range(0, 500).Select(n => edge.AuthorizeAsync(Call($"c{n}"))).ToList();
        reachable.SetResult();
        var stream = await _silo.NextStream();
        await stream.Grant(await stream.Next(500));
        await Task.WhenAll(asked);

        // 256 at most in one; the first message may have left with fewer.
        Assert.InRange(stream.Messages, 2, 4);
        stream.End();
    }

    [Fact]
    public async Task WithoutAPlace_ARequestWaits_AndReportsLeaveRoomForDecisions()
    {
        await using var edge = Connect(new() { EdgeId = "edge-1", MaxInFlight = 2, MaxReportsInFlight = 1, DecisionTimeout = TimeSpan.FromMinutes(1) });
        var (first, second) = (edge.EndAsync(new() { CallId = "e1" }), edge.EndAsync(new() { CallId = "e2" }));
        var decision = edge.AuthorizeAsync(Call("c1"));
        var stream = await _silo.NextStream();
        var requests = await stream.Next(2);
        Assert.Equal(["e1", "c1"], requests.Select(request => request.End?.CallId ?? request.Authorize.CallId));

        await stream.Answer(new EdgeResponse { CorrelationId = requests[0].CorrelationId, End = new EndCallResponse() });
        await first;
        var next = await stream.Next();
        Assert.Equal("e2", next!.End.CallId);
        await stream.Answer(new EdgeResponse { CorrelationId = next.CorrelationId, End = new EndCallResponse() });
        await second;
        await stream.Grant(requests[1]);
        await decision;
        stream.End();
    }

    [Fact]
    public async Task RequestBeyondAllBounds_FailsAlone()
    {
        await using var edge = Connect();
        var error = await Assert.ThrowsAsync<RpcException>(() => edge.AuthorizeAsync(Call(new string('x', 70_000))));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.True(_silo.HasNoMoreStreams);
    }

    [Fact]
    public async Task Disposed_ItWaitsForItsAnswers_AndTakesNothingMore()
    {
        var edge = Connect();
        var asked = edge.AuthorizeAsync(Call("c1"));
        var stream = await _silo.NextStream();
        var request = await stream.Next();
        var disposing = edge.DisposeAsync();
        Assert.Null(await stream.Next()); // half-closed
        Assert.False(disposing.IsCompleted);
        await stream.Grant(request!);
        stream.End();
        await disposing;

        Assert.NotNull((await asked).Grant);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => edge.AuthorizeAsync(Call("c2")));
    }

    private EdgeConnection Connect(EdgeConnectionOptions? options = null) =>
        new([_silo.Address], options ?? new EdgeConnectionOptions { EdgeId = "edge-1", DecisionTimeout = TimeSpan.FromMinutes(1) });

    private static AuthorizeCallRequest Call(string callId) => new() { PbxId = "acme", CallId = callId };

    private static Google.Rpc.Status Refusal() => new()
    {
        Code = (int)Code.InvalidArgument, Message = "used_seconds: is -1",
        Details =
        {
            Google.Protobuf.WellKnownTypes.Any.Pack(new BadRequest
            {
                FieldViolations = { new BadRequest.Types.FieldViolation { Field = "used_seconds" } },
            }),
        },
    };

    private static GrpcChannel Through(Uri address, Func<CancellationToken, Task> first) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                await first(cancellation);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
        DisposeHttpClient = true,
    });
}
