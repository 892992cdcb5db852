namespace Classound.Api.Tests.Hosting;

/// <summary>How a test takes the store out of service, for all hosts that it has.</summary>
public sealed class StoreBend
{
    private TaskCompletionSource _talking = Talking();

    /// <summary>Everything is refused at once, nothing is done.</summary>
    public bool IsOut { get; set; }

    /// <summary>By method and arguments: refused at once, nothing is done.</summary>
    public Func<string, object?[], bool> Breaks { get; set; } = (_, _) => false;

    /// <summary>Commits wait, neither done nor refused, as behind a broken cable. They go through when it ends.</summary>
    public bool IsSilent
    {
        get => !_talking.Task.IsCompleted;
        set
        {
            if (value) _talking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else _talking.TrySetResult();
        }
    }

    public Task UntilTalking() => _talking.Task;

    private static TaskCompletionSource Talking()
    {
        var talking = new TaskCompletionSource();
        talking.SetResult();
        return talking;
    }
}
