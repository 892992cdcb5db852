using System.Net;
using System.Net.Sockets;

namespace Classound.Cluster.Tests.Parts;

/// <summary>Stands on a loopback port in front of another one and disturbs what passes, by who connected.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly Func<int, int> _ownerOf;
    private readonly HashSet<ProxiedLink> _links = [];
    private Func<int, Traffic> _rule = _ => Traffic.Pass;
    private TimeSpan _replyDelay;

    /// <param name="port">Where it listens.</param>
    /// <param name="target">Where it connects to.</param>
    /// <param name="ownerOf">Who connected, by the port the connection came from; without it everybody is 0.</param>
    public TcpProxy(int port, int target, Func<int, int>? ownerOf = null)
    {
        _target = target;
        _ownerOf = ownerOf ?? (_ => 0);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = port;
        _ = Accept();
    }

    public int Port { get; }

    /// <summary>From now on each link is treated as the rule says of its owner; links that it refuses, or that lost replies, are reset.</summary>
    public void Apply(Func<int, Traffic> rule, TimeSpan replyDelay = default)
    {
        ProxiedLink[] links;
        lock (_links)
        {
            (_rule, _replyDelay) = (rule, replyDelay);
            links = [.. _links];
        }
        foreach (var link in links) link.Change(rule(link.Owner), replyDelay);
    }

    public void Pass() => Apply(_ => Traffic.Pass);

    public ValueTask DisposeAsync()
    {
        _listener.Stop();
        Apply(_ => Traffic.Refuse);
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var link = new ProxiedLink(_ownerOf(((IPEndPoint)client.RemoteEndPoint!).Port), client, server);
        lock (_links)
        {
            _links.Add(link);
            link.Change(_rule(link.Owner), _replyDelay);
        }
        try
        {
            if (link.IsReset) return;
            await server.ConnectAsync(IPAddress.Loopback, _target);
            await link.Run();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Nobody listens behind us, or the link was reset: the client sees a reset, as it would without us.
        }
        finally
        {
            link.Reset();
            lock (_links) _links.Remove(link);
        }
    }
}
