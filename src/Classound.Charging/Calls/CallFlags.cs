namespace Classound.Charging.Calls;

/// <summary>What was unusual about a call; kept in its rated call. Values are stored: never renumber.</summary>
[Flags]
public enum CallFlags
{
    None = 0,

    /// <summary>The edge's answer time was out of bounds and was clamped (product.md, clocks).</summary>
    ClockSkew = 1,

    /// <summary>The call was reported with its details but never authorised.</summary>
    Unauthorised = 2,

    /// <summary>It lasted longer than granted: it happened, so it is recorded and billed.</summary>
    AboveGrant = 4,

    /// <summary>Its end was reported after its lease had run out.</summary>
    AfterExpiry = 8,

    /// <summary>An old CDR replayed with its original time.</summary>
    Imported = 16,

    /// <summary>Never answered: a rated call of 0 s.</summary>
    Unanswered = 32,

    /// <summary>Its end was never reported: closed with the last confirmed usage. A later end corrects it once.</summary>
    Unconfirmed = 64,

    /// <summary>Nobody reported its answer, so the closure reckoned it: a later end may know better.</summary>
    AnswerAssumed = 128,
}

/// <summary>What the edge should know although the call is granted.</summary>
[Flags]
public enum GrantWarnings
{
    None = 0,

    /// <summary>R13: calls are guaranteed in G.711 only, and the offer lacks it.</summary>
    NoG711 = 1,
    Spend50Percent = 2,
    Spend80Percent = 4,
    Spend100Percent = 8,
    ClockSkew = 16,
}
