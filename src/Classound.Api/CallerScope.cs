namespace Classound.Api;

/// <summary>What a caller may do. One bit for each kind of client that product.md names.</summary>
[Flags]
public enum CallerScope
{
    None = 0,

    /// <summary>SIP edges: authorise, start, extend, end and look at calls.</summary>
    Calls = 1,

    /// <summary>Replay old CDRs: the time of a call is then the caller's word.</summary>
    ImportCalls = 2,

    /// <summary>Quotes and ratings.</summary>
    Rating = 4,

    /// <summary>Read totals and rated calls, close months.</summary>
    Billing = 8,

    /// <summary>PBXs, DIDs, plans and price lists.</summary>
    Provisioning = 16,

    /// <summary>Look at calls and their statistics.</summary>
    Reports = 32,

    /// <summary>The operator.</summary>
    All = Calls | ImportCalls | Rating | Billing | Provisioning | Reports,
}
