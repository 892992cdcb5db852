namespace Classound.Cli.Replay;

/// <summary>What became of a row: exactly one of these for every row read.</summary>
public enum ReplayBucket
{
    /// <summary>Answered, ended and rated in this run; also a call of 0 s.</summary>
    Settled = 1,

    /// <summary>Never answered: ended as a rated call of 0 s.</summary>
    Unanswered = 2,

    /// <summary>The service refused it, by a denial with a reason.</summary>
    Denied = 3,

    /// <summary>An emergency call: never charged.</summary>
    Emergency = 4,

    /// <summary>Came in through a trunk; not sent.</summary>
    Inbound = 5,

    /// <summary>Stayed inside the PBX; not sent.</summary>
    Internal = 6,

    /// <summary>An earlier replay of the same file had settled it.</summary>
    AlreadySettled = 7,

    /// <summary>Could not be read as a call, by column, value and reason.</summary>
    Refused = 8,
}
