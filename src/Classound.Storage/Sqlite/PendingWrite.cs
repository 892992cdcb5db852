namespace Classound.Storage.Sqlite;

/// <summary>A write that waits for the writer, and then for its group's COMMIT.</summary>
internal abstract class PendingWrite
{
    /// <summary>Runs inside the write's own savepoint; may throw.</summary>
    public abstract void Apply(SqliteSession session);

    /// <summary>Its savepoint failed and was rolled back; it stays with the group only to be answered in order.</summary>
    public abstract void Refuse(Exception error);

    /// <summary>The group is durable: gives the result, or the error it was refused with.</summary>
    public abstract void Answer();

    /// <summary>The group failed as a whole.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc/>
internal sealed class PendingWrite<T>(Func<SqliteSession, T> body) : PendingWrite
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _refusal;

    public Task<T> Task => _answer.Task;

    public override void Apply(SqliteSession session) => _result = body(session);

    public override void Refuse(Exception error) => _refusal = error;

    public override void Answer()
    {
        if (_refusal is null)
            _answer.SetResult(_result!);
        else
            _answer.SetException(_refusal);
    }

    public override void Fail(Exception error) => _answer.SetException(_refusal ?? error);
}
