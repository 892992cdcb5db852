namespace Classound.Api.Provisioning;

/// <summary>
/// A file in the system's temporary folder that is gone when it is closed, or with the process. Price lists pass through it, not
/// through memory: a few of 256 MB must not take the room that calls need. Reading and writing throw
/// <see cref="OperationCanceledException"/> once the token is cancelled: readers and writers of tables take none.
/// </summary>
internal sealed class TemporaryFile : FileStream
{
    private readonly CancellationToken _ct;

    private TemporaryFile(string path, CancellationToken ct)
        : base(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose,
        })
    {
        _ct = ct;
    }

    public static TemporaryFile Create(CancellationToken ct)
    {
        var file = new TemporaryFile(Path.Combine(Path.GetTempPath(), $"classound-file-{Path.GetRandomFileName()}"), ct);
        // Where an open file needs no name, it gives it up at once: then it is gone with a killed process, too. Windows sees to it itself.
        if (!OperatingSystem.IsWindows()) File.Delete(file.Name);
        return file;
    }

    public override int Read(Span<byte> buffer)
    {
        _ct.ThrowIfCancellationRequested();
        return base.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        _ct.ThrowIfCancellationRequested();
        return base.Read(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _ct.ThrowIfCancellationRequested();
        base.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _ct.ThrowIfCancellationRequested();
        base.Write(buffer, offset, count);
    }
}
