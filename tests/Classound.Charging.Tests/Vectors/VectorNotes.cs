namespace Classound.Charging.Tests.Vectors;

/// <summary>What the vectors need that product.md does not have, and where we stand where peers differ.</summary>
internal static class VectorNotes
{
    /// <summary>Vectors that are listed and not run, each with the feature it is about.</summary>
    public static readonly IReadOnlyDictionary<string, string> OutsideTheProduct = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CGR-RND3"] = "rounding up as a setting of a list (ours rounds half up)",
        ["CGR-RND5"] = "rounding down as a setting of a list (ours rounds half up)",
        ["CGR-R41"] = "a highest cost per call after which it goes on free",
        ["CGR-R43"] = "a highest cost per call after which it goes on free",
        ["CGR-D03"] = "several unit balances with weights (a PBX or user has one allowance)",
        ["CGR-D06"] = "several unit balances with weights (a PBX or user has one allowance)",
        ["CGR-D12"] = "a connect fee on included units (included seconds have none)",
        ["CGR-D19"] = "refund of single increments to several balances (corrections are signed differences)",
        ["YETI-R07"] = "VAT",
        ["YETI-D03"] = "reverse billing and negative prices",
        ["YETI-M08"] = "a configured longest call for all (R14 fixes four hours)",
        ["A2B-I02"] = "a length below which a call is free (the minimum raises a call's length)",
    };

    /// <summary>Where peers differ: what the product decided. Each is run and asserted on our side.</summary>
    public static readonly IReadOnlyDictionary<string, string> OurSide = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CGR-R42"] = "with the source: a limit ends calls, it never changes what one costs",
        ["CGR-M05"] = "with the source: when the one limit is used up nothing else pays",
        ["CGR-D08"] = "against the source: included seconds cost no money besides",
        ["CGR-D09"] = "with the source: a connect fee beyond the limit refuses the call and moves nothing",
        ["YETI-D01"] = "with the source: the allowance ticks in the increments of the Area 1 row, not by the second",
        ["YETI-A01"] = "against the source: an unanswered call is a rated call of 0 s and costs nothing, no fee per attempt",
        ["CNXCC-F01"] = "against the source: an increment is charged when it starts, so exactly 36 s of 30/6 are 36 s",
    };
}
