namespace Classound.Cli.Cdr;

/// <summary>What Asterisk's applications say about the leg in their row.</summary>
public static class AsteriskApplications
{
    private static readonly string[] WithNumbers = ["Dial", "RetryDial"];
    private static readonly string[] Dialling = ["Dial", "RetryDial", "Queue", "FollowMe", "Page"];

    /// <summary>Applications whose data begins with destinations.</summary>
    public static bool DialsNumbers(string application) => WithNumbers.Contains(application, StringComparer.OrdinalIgnoreCase);

    /// <summary>Applications that open the channel in dstchannel; others only name a partner that was already there.</summary>
    public static bool OpensChannels(string application) => Dialling.Contains(application, StringComparer.OrdinalIgnoreCase);
}
