using Classound.Charging.Numbering;

namespace Classound.Charging.Calls;

/// <summary>A refused call, as it is answered and kept for 30 days so that "why was it refused?" has an answer.</summary>
public sealed record Denial
{
    public required string PbxId { get; init; }
    public required string CallId { get; init; }
    public required DenialReason Reason { get; init; }

    /// <summary>The field or value that decided.</summary>
    public string Subject { get; init; } = "";
    public required DateTimeOffset At { get; init; }
    public CallDirection Direction { get; init; } = CallDirection.Outbound;
    public string CallerText { get; init; } = "";
    public string CalledText { get; init; } = "";
    public E164Number Called { get; init; }
    public string UserId { get; init; } = "";

    /// <summary>What was known of the price by then; "" and 0 where the refusal came before.</summary>
    public string Prefix { get; init; } = "";
    public string Destination { get; init; } = "";
    public string ListType { get; init; } = "";
    public int ListNumber { get; init; }
}

/// <summary>
/// The answer to every report on a call: exactly one of grant, denial and settlement. A denial is an answer, not an error.
/// </summary>
public sealed record CallAnswer
{
    public ActiveCall? Grant { get; init; }
    public Denial? Denial { get; init; }
    public RatedCall? Settlement { get; init; }

    /// <summary>The request was seen before; this is the first answer, or the grant as it stands now.</summary>
    public bool Repeated { get; init; }

    /// <summary>A second, different EndCall: the first settlement stands and nothing moved.</summary>
    public bool Conflict { get; init; }

    public static CallAnswer Of(ActiveCall grant, bool repeated = false) => new() { Grant = grant, Repeated = repeated };

    public static CallAnswer Of(Denial denial) => new() { Denial = denial };

    public static CallAnswer Of(RatedCall settlement, bool repeated = false, bool conflict = false) =>
        new() { Settlement = settlement, Repeated = repeated, Conflict = conflict };
}
