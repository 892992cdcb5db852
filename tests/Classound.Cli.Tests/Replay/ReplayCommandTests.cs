using Classound.Cli.Replay;
using Classound.Cli.Tests.Fakes;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Classound.Cli.Tests.Replay;

public sealed class ReplayCommandTests
{
    [Fact]
    public async Task SmallFile_EndsEveryRowInOneBucket()
    {
        var (summary, text) = await Replaying.RunAsync(Replaying.Small(), Replaying.Operator());

        Assert.Equal(
            new Dictionary<ReplayBucket, int>
            {
                [ReplayBucket.Settled] = 1, [ReplayBucket.Denied] = 1, [ReplayBucket.Emergency] = 1, [ReplayBucket.Inbound] = 1,
                [ReplayBucket.Internal] = 2,
            },
            summary.Buckets());
        Assert.Equal(6, summary.RowsRead);
        Assert.Equal([KeyValuePair.Create("CALLER_ID_NOT_OWNED", 1)], summary.DeniedByReason);
        Assert.Equal((60L, 60L, "EUR"), (summary.SettledSeconds, summary.ChargeNanos, summary.CurrencyCode));
        Assert.Contains("trunks: carrier", text, StringComparison.Ordinal);
        Assert.Contains("1 rated calls are billed in 2026-11: classound totals acme 2026-11", text, StringComparison.Ordinal);
        Assert.Contains("settled now: 60 s (0:01:00)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplayedAgain_SettlesNothingTwice()
    {
        var service = Replaying.Operator();
        await Replaying.RunAsync(Replaying.Small(), service);
        var before = service.Settled.Values.Sum(static call => call.Charges[0].AmountNanos);

        var (second, _) = await Replaying.RunAsync(Replaying.Small(), service);

        Assert.Equal((0, 1), (second.Count(ReplayBucket.Settled), second.Count(ReplayBucket.AlreadySettled)));
        Assert.Equal(before, service.Settled.Values.Sum(static call => call.Charges[0].AmountNanos));
        Assert.Single(service.Sent<CreatePbxRequest>());
    }

    [Fact]
    public async Task Call_IsImportedAtItsOwnTime()
    {
        var service = Replaying.Operator();
        await Replaying.RunAsync(Replaying.Small(), service);

        var authorisation = service.Sent<AuthorizeCallRequest>().First();
        Assert.Equal(new DateTime(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc), authorisation.ImportOccurTime.ToDateTime());
        Assert.Equal(("+12125550100", "+12125550143", "201", "US"),
            (authorisation.Caller, authorisation.Called, authorisation.UserId, authorisation.CallingCountry));
        Assert.EndsWith("-2", authorisation.CallId, StringComparison.Ordinal);
        Assert.Equal(new DateTime(2026, 3, 1, 9, 0, 6, DateTimeKind.Utc), service.Sent<StartCallRequest>().First().AnswerTime.ToDateTime());
        var end = service.Sent<EndCallRequest>().First();
        Assert.Equal((60_000L, 16), (end.DurationMs, end.ReleaseCause.Q850Cause));
        Assert.Null(authorisation.AttemptTime);
    }

    [Fact]
    public async Task EmergencyCall_IsSentAsDialledAndEndedAsOne()
    {
        var service = Replaying.Operator();
        await Replaying.RunAsync(Replaying.Small(), service);

        var call = service.Sent<AuthorizeCallRequest>().Single(static request => request.Called == "911");
        Assert.True(service.Sent<EndCallRequest>().Single(end => end.CallId == call.CallId).Emergency);
    }

    [Fact]
    public async Task CallLongerThanItsGrant_IsExtendedOncePerSlice()
    {
        var service = Replaying.Operator();
        await Replaying.RunAsync(Replaying.Small("long-call.csv"), service);

        Assert.Equal([(1, 600), (2, 1200)],
            service.Sent<ExtendCallRequest>().Select(static request => (request.RequestNumber, request.UsedSeconds)));
        Assert.Equal(1_500_000, service.Sent<EndCallRequest>().Single().DurationMs);
    }

    [Fact]
    public async Task ExtensionRefused_StillEndsAsLongAsTheCallWas()
    {
        var service = Replaying.Operator();
        service.MaximumSeconds = 600;
        var (summary, _) = await Replaying.RunAsync(Replaying.Small("long-call.csv"), service);

        Assert.Single(service.Sent<ExtendCallRequest>());
        Assert.Equal((1, 1500L), (summary.Count(ReplayBucket.Settled), summary.SettledSeconds));
    }

    [Fact]
    public async Task ServiceUnavailableForAWhile_IsAskedAgainWithTheSameIds()
    {
        var service = Replaying.Operator();
        var clock = new ImpatientClock();
        var failures = 3;
        service.Before = (_, request) =>
        {
            if (request is AuthorizeCallRequest && failures-- > 0)
                throw new RpcException(new Status(StatusCode.Unavailable, "store"));
        };
        var (summary, _) = await Replaying.RunAsync(Replaying.Small("long-call.csv"), service, clock);

        Assert.Equal(1, summary.Count(ReplayBucket.Settled));
        Assert.Equal(4, service.Sent<AuthorizeCallRequest>().Count());
        Assert.Single(service.Sent<AuthorizeCallRequest>().Distinct());
        Assert.True(clock.Waited >= TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public async Task ReplyOfTheEndLost_CountsTheCallAsSettledOnce()
    {
        var service = Replaying.Operator();
        var lost = false;
        service.After = (_, request) =>
        {
            if (request is not EndCallRequest || lost)
                return;
            lost = true;
            throw new RpcException(new Status(StatusCode.Unavailable, "connection lost"));
        };
        var (summary, _) = await Replaying.RunAsync(Replaying.Small("long-call.csv"), service);

        Assert.Equal((1, 0), (summary.Count(ReplayBucket.Settled), summary.Count(ReplayBucket.AlreadySettled)));
        Assert.Single(service.Settled);
    }

    [Fact]
    public async Task InterruptedReplay_GoesOnWhereItStopped()
    {
        var service = Replaying.Operator();
        service.Before = static (_, request) =>
        {
            if (request is EndCallRequest)
                throw new RpcException(new Status(StatusCode.Unavailable, "down"));
        };
        await Assert.ThrowsAsync<RpcException>(() => Replaying.RunAsync(Replaying.Small("long-call.csv"), service));
        service.Before = static (_, _) => { };

        var (summary, _) = await Replaying.RunAsync(Replaying.Small("long-call.csv"), service);

        Assert.Equal(1, summary.Count(ReplayBucket.Settled));
        Assert.Single(service.Settled);
    }

    [Fact]
    public async Task RequestThatTheServiceCallsMalformed_IsRefusedByItsLineAndField()
    {
        var service = Replaying.Operator();
        var violation = new BadRequest.Types.FieldViolation { Field = "called", Description = "too long" };
        var detail = new Google.Rpc.Status
        {
            Code = (int)StatusCode.InvalidArgument, Details = { Any.Pack(new BadRequest { FieldViolations = { violation } }) },
        };
        service.Before = (_, request) =>
        {
            if (request is AuthorizeCallRequest { Called: "+12125550143" })
                throw detail.ToRpcException();
        };
        var (summary, text) = await Replaying.RunAsync(Replaying.Small(), service);

        var refusal = Assert.Single(summary.Refused);
        Assert.Equal((2, "called", "+12125550143", "the service: too long"), (refusal.Line, refusal.Column, refusal.Value, refusal.Reason));
        Assert.Equal(1, summary.Count(ReplayBucket.Refused));
        Assert.Contains("refused: line 2, column called", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_ListsEveryRow()
    {
        var path = Path.GetTempFileName();
        try
        {
            await Replaying.RunAsync(Replaying.Small("epoch.csv") with { ReportFile = path }, Replaying.Operator());

            var lines = await File.ReadAllLinesAsync(path);
            Assert.Equal(6, lines.Length);
            Assert.StartsWith("line,bucket,reason,call_id,called", lines[0], StringComparison.Ordinal);
            Assert.Matches("^2,settled,,[0-9a-f]{16}-2,\\+442071838750,90,0,90,0.00000009,EUR,2026-11,no$", lines[1]);
            Assert.StartsWith("3,refused as input,\"line 3, column ENDDATE", lines[2], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
