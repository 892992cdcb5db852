using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Classound.Silo;

/// <summary>
/// HTTP Basic authentication (RFC 7617) by one password; whatever user name comes with it is not looked at. After
/// <see cref="WrongPasswords"/> wrong ones within <see cref="Window"/> nobody is let in until it is over: no guess is compared then.
/// </summary>
internal sealed partial class DashboardAccess : IDisposable
{
    public const int ShortestPassword = 16;
    public const int LongestPassword = 256;
    public const int WrongPasswords = 10;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly byte[] _expected;
    private readonly TimeProvider _clock;
    private readonly ILogger<DashboardAccess> _log;
    private readonly Meter _meter = new("Classound.Dashboard");
    private readonly Counter<long> _refused;
    private readonly Lock _counting = new();
    private long _windowBegan;
    private int _wrong;

    public DashboardAccess(string password, TimeProvider clock, ILogger<DashboardAccess> log)
    {
        (_expected, _clock, _log) = (Digest(password), clock, log);
        _refused = _meter.CreateCounter<long>(
            "classound.dashboard.refused", "{request}", "Requests to the dashboard that gave a password and were refused, by reason: password or limit.");
        foreach (var reason in (string[])["password", "limit"]) _refused.Add(0, new KeyValuePair<string, object?>("reason", reason));
    }

    /// <returns>False = the request has been answered: 401, or 429 with Retry-After.</returns>
    public bool Allows(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var credentials = context.Request.Headers.Authorization.ToString();
        // A browser asks without first, and learns what to ask its user for.
        if (credentials.Length == 0) return Challenge(context);
        if (Closed() is { } rest) return Limit(context, rest);
        if (PasswordIn(credentials) is { } given && CryptographicOperations.FixedTimeEquals(Digest(given), _expected)) return true;
        Count(context.Connection.RemoteIpAddress);
        return Challenge(context);
    }

    public void Dispose() => _meter.Dispose();

    private static bool Challenge(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Classound dashboard\", charset=\"UTF-8\"";
        return false;
    }

    private bool Limit(HttpContext context, TimeSpan rest)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("reason", "limit"));
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Ceiling(rest.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return false;
    }

    /// <summary>How long it stays closed; null = it is open.</summary>
    private TimeSpan? Closed()
    {
        lock (_counting) return _wrong >= WrongPasswords && Window - _clock.GetElapsedTime(_windowBegan) is var rest && rest > TimeSpan.Zero ? rest : null;
    }

    private void Count(IPAddress? from)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("reason", "password"));
        LogWrongPassword(from);
        lock (_counting)
        {
            if (_wrong == 0 || _clock.GetElapsedTime(_windowBegan) >= Window) (_windowBegan, _wrong) = (_clock.GetTimestamp(), 0);
            _wrong++;
        }
    }

    /// <summary>Null = these are no such credentials.</summary>
    private static string? PasswordIn(string credentials)
    {
        if (!AuthenticationHeaderValue.TryParse(credentials, out var header) || header.Parameter is not { } encoded
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }

    // Of one length, so that comparing them tells nothing of the password's.
    private static byte[] Digest(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));

    [LoggerMessage(EventId = 4005, EventName = "DashboardWrongPassword", Level = LogLevel.Warning,
        Message = "A wrong password for the dashboard came from {Address}")]
    private partial void LogWrongPassword(IPAddress? address);
}
