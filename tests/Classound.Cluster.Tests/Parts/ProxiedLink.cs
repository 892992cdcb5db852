using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Classound.Cluster.Tests.Parts;

/// <summary>One connection through a proxy, both ways.</summary>
internal sealed class ProxiedLink(int owner, Socket client, Socket server)
{
    private const int BufferSize = 64 * 1024;

    private readonly Lock _lock = new();
    private TaskCompletionSource? _held;
    private Traffic _traffic;
    private TimeSpan _replyDelay;
    private bool _lostReplies;

    public int Owner => owner;

    public bool IsReset { get; private set; }

    public void Change(Traffic traffic, TimeSpan replyDelay)
    {
        bool reset;
        lock (_lock)
        {
            (_traffic, _replyDelay) = (traffic, replyDelay);
            reset = traffic == Traffic.Refuse || (_lostReplies && traffic != Traffic.DropReplies);
            if (traffic == Traffic.Hold) _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        if (reset) Reset();
        if (traffic != Traffic.Hold) Interlocked.Exchange(ref _held, null)?.TrySetResult();
    }

    public async Task Run()
    {
        client.NoDelay = server.NoDelay = true;
        await Task.WhenAny(Requests(), Replies());
    }

    public void Reset()
    {
        lock (_lock)
        {
            if (IsReset) return;
            IsReset = true;
        }
        foreach (var socket in new[] { client, server })
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0); // a reset, not a good-bye
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It was never connected, or is gone.
            }
            socket.Dispose();
        }
    }

    private async Task Requests()
    {
        var buffer = new byte[BufferSize];
        while (await client.ReceiveAsync(buffer) is > 0 and var count)
        {
            await WhileHeld();
            await Send(server, buffer.AsMemory(0, count));
        }
    }

    private async Task Replies()
    {
        var due = Channel.CreateUnbounded<(long At, byte[] Bytes)>();
        var sending = SendDue(due.Reader);
        var buffer = new byte[BufferSize];
        while (await server.ReceiveAsync(buffer) is > 0 and var count)
        {
            TimeSpan delay;
            lock (_lock)
            {
                if (_traffic == Traffic.DropReplies) _lostReplies = true;
                if (_lostReplies) continue;
                delay = _replyDelay;
            }
            due.Writer.TryWrite((Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency), buffer.AsSpan(0, count).ToArray()));
        }
        due.Writer.Complete();
        await sending;
    }

    private async Task SendDue(ChannelReader<(long At, byte[] Bytes)> replies)
    {
        await foreach (var (at, bytes) in replies.ReadAllAsync())
        {
            var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at);
            if (early > TimeSpan.Zero) await Task.Delay(early);
            await WhileHeld();
            await Send(client, bytes);
        }
    }

    private Task WhileHeld() => Volatile.Read(ref _held)?.Task ?? Task.CompletedTask;

    private static async Task Send(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes)..];
    }
}
