namespace Classound.PriceLists.OwnFormat;

/// <summary>Which zones a list may name.</summary>
internal static class TimeZones
{
    public const string Expected = "expected an IANA time zone such as Europe/Rome";

    /// <summary>An IANA zone that this machine knows. Windows names are refused: they would not survive a move of the store.</summary>
    public static bool IsKnown(string id) => id.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;
}
