using System.Threading.Channels;
using Classound.Contracts.Calls.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Classound.Client;

/// <summary>
/// One stream to one silo, from its opening to its end. One loop writes what is to be sent, as much as there is at a time in
/// one message; one reads answers. When it ends, everything without an answer fails as UNAVAILABLE.
/// </summary>
internal sealed partial class EdgeStream
{
    private readonly EdgeConnection _owner;
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> _call;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, PendingCall> _pending = [];

    // No bound of its own: it never holds more than the owner has places.
    private readonly Channel<PendingCall> _toSend = Channel.CreateUnbounded<PendingCall>(new UnboundedChannelOptions { SingleReader = true });
    private ulong _lastId;
    private long _heardAt = long.MinValue;
    private bool _established;
    private bool _leaving;
    private bool _ended;

    public EdgeStream(EdgeConnection owner, Silo silo, GrpcChannel channel)
    {
        (_owner, Silo, _channel) = (owner, silo, channel);
        _call = new CallService.CallServiceClient(channel).Connect();
        Ended = Run();
    }

    public Silo Silo { get; }

    /// <summary>Never fails.</summary>
    public Task Ended { get; }

    /// <summary>The silo has said GO_AWAY: for some seconds it still takes requests.</summary>
    public bool IsLeaving => Volatile.Read(ref _leaving);

    /// <returns>False when it has ended, or takes no more.</returns>
    public bool TrySend(PendingCall call)
    {
        call.SentAt = _owner.Now;
        lock (_gate)
        {
            if (_ended) return false;
            // Before the loop that writes can see it: a request that left without its number would never find its answer.
            call.Request.CorrelationId = ++_lastId;
            if (!_toSend.Writer.TryWrite(call)) return false;
            _pending.Add(_lastId, call);
            return true;
        }
    }

    /// <summary>Sends nothing more, and ends when everything is answered.</summary>
    public void Finish() => _toSend.Writer.TryComplete();

    /// <summary>Ends it now. What is asked from here on goes elsewhere, and does not wait until the end is through.</summary>
    public void GiveUp()
    {
        _owner.Leave(this);
        _call.Dispose();
    }

    /// <summary>Fails what nobody waits for any more, and gives the stream up if it has said nothing in all that time.</summary>
    public void Sweep(long now)
    {
        var silent = false;
        lock (_gate)
        {
            foreach (var call in _pending.Values)
            {
                if (call.Deadline <= now && call.Fail(Losses.TimedOut())) silent |= _heardAt < call.SentAt;
            }
        }
        if (silent) GiveUp();
    }

    private async Task Run()
    {
        // The owner opens streams under its lock.
        await Task.Yield();
        var writing = Write();
        Exception? cause = null;
        try
        {
            await Read();
        }
        catch (Exception e)
        {
            cause = e;
        }
        End(cause);
        _call.Dispose();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _channel.Dispose();
    }

    private void End(Exception? cause)
    {
        List<PendingCall> lost;
        lock (_gate)
        {
            _ended = true;
            lost = [.. _pending.Values];
            _pending.Clear();
        }
        _toSend.Writer.TryComplete();
        _owner.StreamEnded(this, _established, cause);
        foreach (var call in lost) call.Fail(Losses.Unavailable($"The stream to {Silo.Address} has ended: {Said(cause)}", cause));
        _owner.Free(lost.Count, lost.Count(call => call.IsReport));
    }

    private static string Said(Exception? cause) => cause switch
    {
        null => "without a word.",
        RpcException refused => refused.Status.ToString(),
        _ => cause.Message,
    };
}
