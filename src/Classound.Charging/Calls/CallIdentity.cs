namespace Classound.Charging.Calls;

/// <summary>What makes a repeat the same call (product.md, identity of a call).</summary>
internal static class CallIdentity
{
    /// <summary>The name of the first field that differs, as the API calls it; null = the same call.</summary>
    public static string? Difference(
        AuthorizeRequest repeat, CallDirection direction, string caller, string called, string userId, bool isInternal) =>
        repeat.Direction != direction ? "direction"
        : repeat.CallerText != caller ? "caller"
        : repeat.CalledText != called ? "called"
        : repeat.UserId != userId ? "user_id"
        : repeat.Internal != isInternal ? "internal"
        : null;
}
