namespace Classound.Cli.Commands;

/// <summary>The command line contradicts itself in a way that only the command can see.</summary>
public sealed class UsageException : Exception
{
    public UsageException(string message)
        : base(message)
    {
    }
}
