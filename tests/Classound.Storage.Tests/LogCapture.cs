using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Classound.Storage.Tests;

/// <summary>Keeps what is logged, and lets a test wait for an event by its name.</summary>
internal sealed class LogCapture : ILogger
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<(string Event, LogLevel Level, string Text)> _lines = new();
    private readonly Channel<(string Event, string Text)> _arrived = Channel.CreateUnbounded<(string, string)>();

    public IReadOnlyList<(string Event, LogLevel Level, string Text)> Of(string name) => [.. _lines.Where(l => l.Event == name)];

    /// <summary>The next event of this name that has not been waited for yet; earlier ones of other names are passed over.</summary>
    public async Task<string> NextAsync(string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var (found, text) = await _arrived.Reader.ReadAsync(limit.Token);
            if (found == name)
                return text;
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var (name, text) = (eventId.Name ?? "", formatter(state, exception));
        _lines.Enqueue((name, logLevel, text));
        _arrived.Writer.TryWrite((name, text));
    }
}
