using System.Diagnostics.Metrics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Classound.Silo.Tls;

/// <summary>
/// The certificate of the gRPC port. Whoever issues certificates replaces the files while we run: a new connection gets what they hold
/// then, and those that are open stay. Files that do not fit together (one is new, the other not yet) change nothing.
/// </summary>
internal sealed partial class GrpcCertificate : IDisposable
{
    // A flood of connections must not become one of reads.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Meter _meter = new("Classound.Tls");
    private readonly ClassoundOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private CertificateFiles _files;
    private string _problem = "";
    private long _lookedAt;
    private DateTime _notAfter;
    private volatile SslServerAuthenticationOptions _current;

    /// <exception cref="InvalidOperationException">The files are not what <see cref="WhatIsWrong"/> found good a moment ago.</exception>
    public GrpcCertificate(ClassoundOptions options, TimeProvider clock, ILogger<GrpcCertificate> log)
    {
        (_options, _clock, _log) = (options, clock, log);
        _files = CertificateFiles.Read(options, out var problem) ?? throw new InvalidOperationException(problem);
        _current = Load(_files, out problem) ?? throw new InvalidOperationException(problem);
        _lookedAt = clock.GetTimestamp();
        _meter.CreateObservableGauge(
            "classound.tls.certificate.remaining", () => (_notAfter - _clock.GetUtcNow().UtcDateTime).TotalSeconds, "s", "Until the certificate of the gRPC port ends");
    }

    /// <summary>Why a start with these options is refused, from the option's name on; null = nothing.</summary>
    public static string? WhatIsWrong(ClassoundOptions options)
    {
        if (CertificateFiles.Read(options, out var problem) is not { } files) return problem;
        using var certificate = files.Load(out _, out problem);
        return certificate is null ? problem : null;
    }

    public SslServerAuthenticationOptions ForNewConnection()
    {
        var last = Interlocked.Read(ref _lookedAt);
        // One connection looks, the others go on with what there is.
        if (_clock.GetElapsedTime(last) >= LookEvery && Interlocked.CompareExchange(ref _lookedAt, _clock.GetTimestamp(), last) == last) LookAgain();
        return _current;
    }

    public void Dispose() => _meter.Dispose();

    private void LookAgain()
    {
        var files = CertificateFiles.Read(_options, out var problem);
        if (files == _files) return;
        if (files is not null && Load(files, out problem) is { } loaded)
        {
            (_files, _current, _problem) = (files, loaded, "");
            return;
        }
        if (problem != _problem) LogKept(problem);
        _problem = problem;
    }

    private SslServerAuthenticationOptions? Load(CertificateFiles files, out string problem)
    {
        if (files.Load(out var others, out problem) is not { } certificate) return null;
        var (subject, notAfter) = (certificate.Subject, certificate.NotAfter.ToUniversalTime());
        LogLoaded(subject, notAfter);
        _notAfter = notAfter;
        return new SslServerAuthenticationOptions
        {
            // Offline: what is missing in the chain is for the file to have, and never looked for on the network.
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, others, offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        };
    }

    [LoggerMessage(EventId = 4005, EventName = "CertificateLoaded", Level = LogLevel.Information,
        Message = "gRPC presents the certificate {Subject}, good until {NotAfter:yyyy-MM-dd HH:mm} UTC")]
    private partial void LogLoaded(string subject, DateTime notAfter);

    [LoggerMessage(EventId = 4006, EventName = "CertificateKept", Level = LogLevel.Warning,
        Message = "The new certificate is not used, the one from before stays: {Problem}")]
    private partial void LogKept(string problem);
}
