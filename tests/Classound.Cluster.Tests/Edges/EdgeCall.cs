using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;

namespace Classound.Cluster.Tests.Edges;

/// <summary>What an edge knows of one call: what it sent, and what was acknowledged.</summary>
internal sealed class EdgeCall(CallPlan plan)
{
    private readonly Lock _lock = new();
    private readonly List<DateTime> _acknowledged = [];
    private int _retries;

    public CallPlan Plan => plan;

    /// <summary>The last grant that was acknowledged.</summary>
    public CallGrant? Grant { get; private set; }

    public CallDenial? Denial { get; private set; }

    /// <summary>AuthorizeCall got no answer: it may be active, and nobody will end it.</summary>
    public bool InDoubt { get; set; }

    /// <summary>The highest usage that an acknowledged ExtendCall confirmed.</summary>
    public int ConfirmedSeconds { get; set; }

    /// <summary>The highest usage that any ExtendCall reported, acknowledged or not.</summary>
    public int ReportedSeconds { get; set; }

    public EndCallRequest? End { get; set; }

    /// <summary>The settlement as acknowledged to EndCall.</summary>
    public RatedCall? Settlement { get; private set; }

    /// <summary>The end was answered, but with a denial.</summary>
    public CallDenial? EndDenial { get; private set; }

    public int Retries => _retries;

    /// <summary>Whether something that must be stored was acknowledged in a time.</summary>
    public bool Touches(DateTime from, DateTime to)
    {
        lock (_lock) return _acknowledged.Any(at => at >= from && at <= to);
    }

    public void Retried() => Interlocked.Increment(ref _retries);

    public void Granted(CallGrant grant)
    {
        lock (_lock)
        {
            _acknowledged.Add(DateTime.UtcNow);
            if (Grant is null || grant.GrantedSeconds >= Grant.GrantedSeconds) Grant = grant;
        }
    }

    public void Denied(CallDenial denial) => Denial = denial;

    /// <summary>Notes what EndCall answered; null, or what contradicts an earlier answer.</summary>
    public string? Ended(EndCallResponse reply)
    {
        lock (_lock)
        {
            if (reply.Denial is { } denial)
            {
                EndDenial = denial;
                return Settlement is null ? null : $"{plan.CallId}: denied as {denial.Reason} after it was settled";
            }
            if (reply.Settlement is not { } settled) return null;
            _acknowledged.Add(DateTime.UtcNow);
            if (reply.Conflict) return $"{plan.CallId}: conflict, although the edge only ever reported one end";
            if (Settlement is { } first && !first.Equals(settled)) return $"{plan.CallId}: two settlements\n  {first}\n  {settled}";
            Settlement = settled;
            return null;
        }
    }
}
