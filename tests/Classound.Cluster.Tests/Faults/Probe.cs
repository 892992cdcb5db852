using System.Diagnostics;
using System.Globalization;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Grpc.Core;

namespace Classound.Cluster.Tests.Faults;

/// <summary>Asks for a call on every PBX through every live silo until each is decided; ends what it opened.</summary>
internal sealed class Probe(ClusterRig rig, Books books, IReadOnlyList<WorkPbx> pbxs, Recoveries recoveries)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(90);

    private readonly Edge _edge = Edge.ToEach(rig.Nodes, books);
    private int _number;

    /// <summary>Ends of probe calls that are still being reported.</summary>
    public List<Task> Ending { get; } = [];

    /// <param name="what">The row of the table.</param>
    /// <param name="since">When the fault, or its end, happened.</param>
    public async Task Measure(string what, long since, IReadOnlyList<SiloNode> silos)
    {
        var times = await Task.WhenAll(silos.SelectMany(silo => pbxs.Select(pbx => UntilDecided(what, since, silo, pbx))));
        var decided = times.OfType<TimeSpan>().ToArray();
        recoveries.Add(what, decided, times.Length - decided.Length);
        if (decided.Length > 0) rig.Journal.Write(string.Create(CultureInfo.InvariantCulture, $"  {what}: {decided.Length} of {times.Length}, the last after {decided.Max().TotalSeconds:0.00} s"));
    }

    /// <returns>Null when it was never decided, as when the silo went away meanwhile.</returns>
    private async Task<TimeSpan?> UntilDecided(string what, long since, SiloNode silo, WorkPbx pbx)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"probe-{Interlocked.Increment(ref _number)}");
        var ask = new AuthorizeCallRequest
        {
            PbxId = pbx.Id, CallId = id, Direction = CallDirection.Outbound, Caller = pbx.Did, Called = "+33123456789", CanExtend = true,
            RequestedSeconds = 1, UserId = pbx.PerUser ? pbx.UserIds[0] : "", EdgeId = "probe",
        };
        var call = books.Calls[id] = new EdgeCall(new CallPlan(ask, CallShape.Unanswered, silo.Index, 0, 0, 0));
        var client = new CallService.CallServiceClient(silo.Channel);
        while (silo.IsLive && !books.Over)
        {
            try
            {
                var reply = await client.AuthorizeCallAsync(ask, deadline: DateTime.UtcNow + Deadline);
                var time = Stopwatch.GetElapsedTime(since);
                return Note(call, reply) ? time : null;
            }
            catch (RpcException e) when (NoAnswer.Is(e))
            {
                books.Failed("probe", e.StatusCode);
                if (Stopwatch.GetElapsedTime(since) > GiveUp) break;
                await Task.Delay(Pause);
            }
            catch (RpcException e)
            {
                books.Breach($"{what}: {pbx.Id} through {silo.Name} failed as {e.Status}");
                break;
            }
        }
        call.InDoubt = true;
        if (silo.IsLive) books.Breach($"{what}: {pbx.Id} through {silo.Name} not decided within {GiveUp.TotalSeconds} s");
        return null;
    }

    /// <returns>Whether it says that the PBX authorises: a grant, or the refusal by its cap.</returns>
    private bool Note(EdgeCall call, AuthorizeCallResponse reply)
    {
        if (reply.Denial is { } denial)
        {
            call.Denied(denial);
            books.Denied("AuthorizeCall", call, denial);
            return denial.Reason == DenialReason.MonthCapReached;
        }
        if (reply.Grant is not { } grant)
        {
            books.Breach($"{call.Plan.CallId}: settled before it was ended: {reply.Settlement}");
            return false;
        }
        call.Granted(grant);
        lock (Ending) Ending.Add(End(call));
        return true;
    }

    private async Task End(EdgeCall call)
    {
        call.End = new EndCallRequest { PbxId = call.Plan.PbxId, CallId = call.Plan.CallId };
        var reply = await _edge.Ask(call, way => way.End(call.End), call.Plan.Silo, Edge.ForEver);
        if (reply?.Denial is { } denial) books.Denied("EndCall", call, denial);
        if (reply is not null && call.Ended(reply) is { } contradiction) books.Breach(contradiction);
    }
}
