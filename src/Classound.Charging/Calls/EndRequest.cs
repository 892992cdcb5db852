namespace Classound.Charging.Calls;

/// <summary>A call has ended. Needs no StartCall before it, and may come late, repeated or out of order.</summary>
public sealed record EndRequest
{
    public required string CallId { get; init; }

    /// <summary>Answer to release in milliseconds by the edge's clock; 0 = never answered.</summary>
    public long DurationMs { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Null = at the first attempt; without that, now.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public ReleaseCause Cause { get; init; } = ReleaseCause.None;
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>The call's own data, so that a call never authorised can still be rated and flagged.</summary>
    public AuthorizeRequest? Details { get; init; }

    /// <summary>Whole seconds, rounded up once, here (product.md, clocks).</summary>
    public int CallSeconds => (int)((DurationMs + 999) / 1000);
}
