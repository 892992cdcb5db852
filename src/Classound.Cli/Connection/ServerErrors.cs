using Google.Rpc;
using Grpc.Core;

namespace Classound.Cli.Connection;

/// <summary>Says in a line or two what went wrong between this command and the service.</summary>
public static class ServerErrors
{
    /// <summary>Writes the message and returns the exit code.</summary>
    public static int Report(RpcException error, string server, TextWriter writer)
    {
        if (Untrusted(error.Status.DebugException) is { } why)
        {
            writer.WriteLine($"The certificate of {server} is not trusted: {why}.");
            return ExitCodes.Unreachable;
        }
        if (SpeaksNoGrpc(error.Status.DebugException))
        {
            writer.WriteLine($"What listens at {server} does not speak gRPC {Transport(server)} (HTTP/2) there; "
                + "the default is http://127.0.0.1:5080");
            return ExitCodes.Unreachable;
        }
        if (WasCut(error))
        {
            writer.WriteLine($"What listens at {server} cut the connection before it answered: it was stopped, or it does not "
                + $"speak gRPC {Transport(server)} (HTTP/2) there. Repeating the command is safe.");
            return ExitCodes.Unreachable;
        }
        if (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted)
        {
            writer.WriteLine(WasNeverReached(error)
                ? $"Cannot reach the service at {server}. Is it running, and is --server right?"
                : $"The service at {server} cannot answer now: {Detail(error)}. Repeating the command is safe.");
            return ExitCodes.Unreachable;
        }
        var violations = FieldViolations(error);
        // The fields say it all; the status repeats them in one sentence.
        if (violations.Count == 0)
            writer.WriteLine($"{error.StatusCode}: {Detail(error)}");
        foreach (var violation in violations)
            writer.WriteLine($"{violation.Field}: {violation.Description}");
        if (error.StatusCode == StatusCode.Unimplemented)
            writer.WriteLine($"What listens at {server} does not know this request: is it a Classound service of this version?");
        return ExitCodes.Failed;
    }

    /// <summary>The malformed fields that the service names.</summary>
    public static IReadOnlyList<BadRequest.Types.FieldViolation> FieldViolations(RpcException error) =>
        error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations ?? (IReadOnlyList<BadRequest.Types.FieldViolation>)[];

    public static string Detail(RpcException error) => error.Status.Detail.Length > 0 ? error.Status.Detail : "no details given";

    private static string Transport(string server) => server.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "over TLS" : "without TLS";

    private static string? Untrusted(Exception? cause) =>
        cause is null ? null : cause is UntrustedServerException ? cause.Message : Untrusted(cause.InnerException);

    // A connection that was made and broke. Which status the client gives it depends on where it broke.
    private static bool WasCut(RpcException error) => error.Status.DebugException is { } cause
        && (error.StatusCode == StatusCode.Internal ? cause is HttpRequestException : error.StatusCode == StatusCode.Unavailable && FindBreak(cause));

    private static bool FindBreak(Exception? cause) => cause is not null && (cause is IOException || FindBreak(cause.InnerException));

    private static bool WasNeverReached(RpcException error) =>
        error.Status.DebugException is { } cause && FindSocketError(cause);

    // The HTTP/1.1 port (it answers the preface in its own words), or https to a port without TLS.
    private static bool SpeaksNoGrpc(Exception? cause) => cause is not null
        && (cause is HttpRequestException
        {
            HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError
                    or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse
        } || SpeaksNoGrpc(cause.InnerException));

    private static bool FindSocketError(Exception? cause) =>
        cause is not null && (cause is System.Net.Sockets.SocketException or HttpRequestException || FindSocketError(cause.InnerException));
}
