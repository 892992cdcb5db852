namespace Classound.Grains.Catalogues;

/// <summary>
/// Where seconds of work on a whole price list run: on a thread of their own. The thread pool has no more threads than processors at
/// first, and calls are answered there. Not below other threads: the collector stops all of them, and would wait for one that gets no time.
/// </summary>
public static class OwnThread
{
    /// <param name="ct">Honoured until the work begins.</param>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken ct) =>
        Task.Factory.StartNew(work, ct, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
