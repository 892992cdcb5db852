namespace Classound.Cli.Cdr;

/// <summary>Asterisk's dispositions. The word speaks of the dialled party; only ANSWERED means that it picked up.</summary>
public static class Disposition
{
    public const string Answered = "ANSWERED";

    private static readonly string[] Known = [Answered, "NO ANSWER", "BUSY", "FAILED", "CONGESTION"];

    public static bool IsKnown(string value) => Known.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase);

    public static bool IsAnswered(string value) => string.Equals(value.Trim(), Answered, StringComparison.OrdinalIgnoreCase);

    public static string Expected => string.Join(", ", Known);
}
