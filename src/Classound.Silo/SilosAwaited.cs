namespace Classound.Silo;

/// <summary>Pods start in any order: a client waits for the first silo of its cluster, and says so.</summary>
internal sealed partial class SilosAwaited(TimeProvider clock, ILogger<SilosAwaited> log) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int SayEvery = 5;

    private int _attempts;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (_attempts++ % SayEvery == 0) LogWaiting(exception.Message);
        await Task.Delay(Pause, clock, cancellationToken);
        return true;
    }

    [LoggerMessage(EventId = 4004, EventName = "SilosAwaited", Level = LogLevel.Warning, Message = "No silo of the cluster answers yet: {Cause}")]
    private partial void LogWaiting(string cause);
}
