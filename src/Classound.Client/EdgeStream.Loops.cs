using Classound.Contracts.Calls.V1;

namespace Classound.Client;

internal sealed partial class EdgeStream
{
    // The service takes 4 MB; a request has some hundred bytes.
    private const int MostBytesInAMessage = 256 * 1024;
    private const int MostRequestsInAMessage = 256;

    private async Task Write()
    {
        try
        {
            await WriteAll();
        }
        catch (Exception)
        {
            // Its reader knows why, unless the fault is here: then nothing more would be sent, and it would wait for ever.
            GiveUp();
        }
    }

    private async Task WriteAll()
    {
        var message = new ConnectRequest { Hello = new EdgeHello { EdgeId = _owner.EdgeId } };
        do
        {
            var bytes = 0;
            while (message.Requests.Count < MostRequestsInAMessage && bytes < MostBytesInAMessage && _toSend.Reader.TryRead(out var call))
            {
                message.Requests.Add(call.Request);
                bytes += call.Size;
            }
            await _call.RequestStream.WriteAsync(message);
            message.Hello = null;
            message.Requests.Clear();
        }
        while (await _toSend.Reader.WaitToReadAsync());
        await _call.RequestStream.CompleteAsync();
    }

    private async Task Read()
    {
        await _call.ResponseHeadersAsync;
        _established = true;
        var answered = new List<(PendingCall Call, EdgeResponse Response)>();
        var first = true;
        while (await _call.ResponseStream.MoveNext(CancellationToken.None))
        {
            var message = _call.ResponseStream.Current;
            Volatile.Write(ref _heardAt, _owner.Now);
            var reports = TakeAnswered(message, answered);
            foreach (var (call, response) in answered) call.Answer(response);
            _owner.Free(answered.Count, reports);
            answered.Clear();
            if (message.GoAway is not null)
            {
                Volatile.Write(ref _leaving, true);
                _owner.MoveOver(this, atOnce: first);
            }
            first = false;
        }
    }

    /// <returns>How many of them are reports.</returns>
    private int TakeAnswered(ConnectResponse message, List<(PendingCall Call, EdgeResponse Response)> answered)
    {
        var reports = 0;
        lock (_gate)
        {
            foreach (var response in message.Responses)
            {
                if (!_pending.Remove(response.CorrelationId, out var call)) continue;
                answered.Add((call, response));
                if (call.IsReport) reports++;
            }
        }
        return reports;
    }
}
