namespace Classound.Cli.Connection;

/// <summary>What the command's exit code says to scripts.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The service refused, a call was denied, or a file could not be read.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The service cannot be reached, or cannot answer now.</summary>
    public const int Unreachable = 3;
}
