namespace Classound.Cli.Cdr;

/// <summary>The file as a whole cannot be read; the message says what was found and what to give by option.</summary>
public sealed class CdrFormatException : Exception
{
    public CdrFormatException(string message)
        : base(message)
    {
    }
}
