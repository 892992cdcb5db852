using System.Net;
using System.Net.Sockets;
using Classound.Cli.Connection;

namespace Classound.Cli.Tests.Commands;

/// <summary>An address that answers, but not with gRPC. Real sockets: what matters is what the real client throws.</summary>
public sealed class WrongServerTests
{
    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task PortThatSpeaksHttp1_IsSaidInOneLine(string scheme)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = ServeHttp1Async(listener, stop.Token);
        var server = $"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var (output, errors) = (new StringWriter(), new StringWriter());
        var host = CliHost.OfProcess() with { Out = output, Errors = errors };

        var code = await Classound.Cli.Commands.CommandLine.RunAsync(
            ["pbx", "get", "acme-milan", "--server", server], host, CancellationToken.None);

        AssertOneLine(server, errors);
        Assert.Equal(ExitCodes.Unreachable, code);
        await stop.CancelAsync();
        await serving;
    }

    /// <summary>What a server does that closes with the client's next frames unread: the answer may be lost to a reset.</summary>
    [Fact]
    public async Task PortThatHangsUp_IsSaidInOneLine()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = HangUpAsync(listener, stop.Token);
        var server = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var (output, errors) = (new StringWriter(), new StringWriter());
        var host = CliHost.OfProcess() with { Out = output, Errors = errors };

        var code = await Classound.Cli.Commands.CommandLine.RunAsync(
            ["pbx", "get", "acme-milan", "--server", server], host, CancellationToken.None);

        AssertOneLine(server, errors);
        Assert.Equal(ExitCodes.Unreachable, code);
        await stop.CancelAsync();
        await serving;
    }

    // Which of the two it is depends on how far the client had come; both say what to look at.
    private static void AssertOneLine(string server, StringWriter errors) => Assert.Matches(
        $"^What listens at {server} (does not|cut the connection before it answered: it was stopped, or it does not) speak gRPC "
        + (server.StartsWith("https", StringComparison.Ordinal) ? "over" : "without") + " TLS \\(HTTP/2\\) there.*\\S\\s*$",
        errors.ToString());

    private static async Task HangUpAsync(TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                _ = await client.GetStream().ReadAsync(new byte[1], stop);
                client.LingerState = new LingerOption(true, 0);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }

    /// <summary>
    /// As an HTTP/1.1 server does with a preface or a TLS greeting: says so in its own way and hangs up. It reads on until
    /// the client has gone, because a close with unread frames would be a reset, which can overtake the answer.
    /// </summary>
    private static async Task ServeHttp1Async(TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096], stop);
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
                client.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(new byte[4096], stop) > 0) { }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }
}
