using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cluster.Tests.Edges;

/// <summary>Plays one planned call through the silos and keeps its book.</summary>
internal sealed class CallDriver(Edge edge, Books books, Func<DateTime> clock)
{
    private const int AuthoriseAttempts = 4;
    private const int ReportAttempts = 3;

    /// <summary>The lease of a call with a grant of some seconds, and the sweep after it.</summary>
    private static readonly TimeSpan BeyondLease = TimeSpan.FromSeconds(85);

    public async Task<EdgeCall> Play(CallPlan plan)
    {
        var call = books.Calls[plan.CallId] = new EdgeCall(plan);
        if (plan.Shape != CallShape.Unauthorised && !await Authorise(call)) return call;
        if (plan.Shape == CallShape.Emergency)
        {
            await End(call);
            return call;
        }
        if (plan.Shape == CallShape.Answered) await Start(call);
        await Task.Delay(plan.TalkMs / 2);
        await Extend(call);
        if (plan.Shape == CallShape.Abandoned) return call;
        await Task.Delay(plan.TalkMs / 2);
        if (plan.Shape == CallShape.Late) await Task.Delay(BeyondLease);
        await End(call);
        if (plan.Shape == CallShape.Stragglers) await Straggle(call);
        return call;
    }

    private async Task<bool> Authorise(EdgeCall call)
    {
        var plan = call.Plan;
        if (plan.Shape == CallShape.Copies)
        {
            foreach (var reply in await edge.AskAll(call, way => way.Authorize(plan.Ask), AuthoriseAttempts))
            {
                if (reply is not null) Note(call, reply);
            }
        }
        else if (await edge.Ask(call, way => way.Authorize(plan.Ask), plan.Silo, AuthoriseAttempts) is { } reply)
        {
            Note(call, reply);
        }
        // No answer: a real edge refuses the call. Should it be active, its lease ends it.
        call.InDoubt = call.Grant is null && call.Denial is null;
        return call.Grant is not null;
    }

    private void Note(EdgeCall call, AuthorizeCallResponse reply)
    {
        if (reply.Grant is { } grant) call.Granted(grant);
        else if (reply.Denial is { } denial) Denied(call, denial);
        else books.Breach($"{call.Plan.CallId}: settled before it was ended: {reply.Settlement}");
    }

    private void Denied(EdgeCall call, CallDenial denial)
    {
        call.Denied(denial);
        books.Denied("AuthorizeCall", call, denial);
    }

    private async Task Start(EdgeCall call)
    {
        var request = new StartCallRequest { PbxId = call.Plan.PbxId, CallId = call.Plan.CallId, AnswerTime = Timestamp.FromDateTime(clock()) };
        var reply = await edge.Ask(call, way => way.Start(request), call.Plan.Silo, ReportAttempts);
        if (reply?.Denial is { } denial) books.Denied("StartCall", call, denial);
        if (reply?.Settlement is { } settled) books.Breach($"{call.Plan.CallId}: settled before it was ended: {settled}");
    }

    private async Task Extend(EdgeCall call)
    {
        for (var number = 1; number <= call.Plan.Extends; number++)
        {
            var request = ExtendRequest(call, number);
            call.ReportedSeconds = request.UsedSeconds;
            var reply = await edge.Ask(call, way => way.Extend(request), call.Plan.Silo, ReportAttempts);
            if (reply?.Grant is { } grant)
            {
                call.Granted(grant);
                call.ConfirmedSeconds = request.UsedSeconds;
            }
            else if (reply?.Denial is { } denial)
            {
                books.Denied("ExtendCall", call, denial);
            }
        }
    }

    private static ExtendCallRequest ExtendRequest(EdgeCall call, int number) => new()
    {
        PbxId = call.Plan.PbxId, CallId = call.Plan.CallId, RequestNumber = number, UsedSeconds = number * 3, RequestedSeconds = 5,
    };

    /// <summary>Until it is answered, however long that takes: an edge keeps its ends on disk.</summary>
    public async Task End(EdgeCall call)
    {
        var plan = call.Plan;
        var end = new EndCallRequest
        {
            PbxId = plan.PbxId, CallId = plan.CallId, DurationMs = plan.DurationMs, Emergency = plan.Shape == CallShape.Emergency,
            EndTime = Timestamp.FromDateTime(clock()), Details = plan.Shape == CallShape.Unauthorised ? plan.Ask : null,
        };
        call.End = end;
        EndCallResponse?[] replies = plan.Shape == CallShape.Copies
            ? await edge.AskAll(call, way => way.End(end), Edge.ForEver)
            : [await edge.Ask(call, way => way.End(end), plan.Silo, Edge.ForEver)];
        foreach (var reply in replies)
        {
            if (reply is null) continue;
            if (reply.Denial is { } denial) books.Denied("EndCall", call, denial);
            if (call.Ended(reply) is { } contradiction) books.Breach(contradiction);
        }
    }

    /// <summary>
    /// Late copies of what came before the end: whatever answers them says "settled", and nothing opens again. An activation that is cut
    /// off answers a repeat from what it knew for up to 10 s (it holds nothing more by that): counted, not a breach.
    /// </summary>
    private async Task Straggle(EdgeCall call)
    {
        var plan = call.Plan;
        if (await edge.Ask(call, way => way.Authorize(plan.Ask), plan.Silo + 1, ReportAttempts) is { Settlement: null } opened)
            Stale(call, opened.Repeated, opened);
        var start = new StartCallRequest { PbxId = plan.PbxId, CallId = plan.CallId, AnswerTime = Timestamp.FromDateTime(clock()) };
        if (await edge.Ask(call, way => way.Start(start), plan.Silo, ReportAttempts) is { Settlement: null } started)
            Stale(call, started.Repeated, started);
        var extend = ExtendRequest(call, plan.Extends + 1);
        if (await edge.Ask(call, way => way.Extend(extend), plan.Silo, ReportAttempts) is { Settlement: null } extended)
            Stale(call, extended.Repeated, extended);
    }

    private void Stale(EdgeCall call, bool repeated, object answer)
    {
        if (repeated) books.Failed("late copy", "answered as it stood before the end");
        else books.Loss(call, $"{call.Plan.CallId}: settled, and a late copy was answered {answer}");
    }
}
