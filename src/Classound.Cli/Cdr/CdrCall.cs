namespace Classound.Cli.Cdr;

/// <summary>One row read as the leg of a call.</summary>
/// <param name="Line">The physical line, 1 for the first; it also numbers the call id.</param>
/// <param name="Direction">By the dialect's rule.</param>
/// <param name="StartTime">When the leg was set up.</param>
/// <param name="RingSeconds">Seconds from set-up to the answer, or to the end of a call that was never answered.</param>
/// <param name="TalkSeconds">Seconds from answer to hang-up; 0 when it was never answered.</param>
/// <param name="Answered">True also for a call that was answered and hung up within the same second.</param>
/// <param name="Outcome">The disposition or hang-up cause as written.</param>
/// <param name="Caller">The number presented to the trunk, as written; empty when the row has none.</param>
/// <param name="Dialled">The numbers that may stand for the called one, in the order in which they are tried.</param>
/// <param name="User">The extension that placed the call, empty when a trunk or the PBX itself did.</param>
/// <param name="Trunk">The trunk it left through, empty where the dialect does not say.</param>
public sealed record CdrCall(
    int Line,
    CdrDirection Direction,
    DateTimeOffset StartTime,
    int RingSeconds,
    int TalkSeconds,
    bool Answered,
    string Outcome,
    string Caller,
    IReadOnlyList<string> Dialled,
    string User,
    string Trunk)
{
    /// <summary>
    /// Whether somebody at the PBX placed it, so that the caller number is the PBX's own. False for a call that the PBX forwarded
    /// or set up by itself: there the number may be a stranger's.
    /// </summary>
    public bool PlacedLocally { get; init; } = true;

    /// <summary>Seconds since 1970 at which the PBX named the call, where its unique id carries them; 0 otherwise.</summary>
    public long UniqueIdSeconds { get; init; }

    public DateTimeOffset AnswerTime => StartTime.AddSeconds(RingSeconds);

    public DateTimeOffset EndTime => AnswerTime.AddSeconds(TalkSeconds);
}
