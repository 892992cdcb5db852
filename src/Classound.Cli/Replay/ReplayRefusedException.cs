namespace Classound.Cli.Replay;

/// <summary>The replay cannot begin; the message says what to do.</summary>
public sealed class ReplayRefusedException : Exception
{
    public ReplayRefusedException(string message)
        : base(message)
    {
    }
}
