using Classound.Storage.Redis;
using StackExchange.Redis;

namespace Classound.Silo.Tls;

/// <summary>What is wrong with the options about TLS, one line per key.</summary>
internal static class TlsSettings
{
    private const string Section = ClassoundOptions.Section;

    /// <summary>With the options themselves.</summary>
    public static IEnumerable<string> Check(ClassoundOptions options)
    {
        if (options.UsesTls && options.TlsKey.Length == 0) yield return $"{Section}:TlsKey is missing: TlsCertificate is given, so expected the file of its key";
        if (!options.UsesTls && options.TlsKey.Length > 0) yield return $"{Section}:TlsCertificate is missing: TlsKey is given, so expected the file of its certificate";
        if (options.RedisCaCertificate.Length == 0) yield break;
        if (!options.UsesRedis) yield return $"{Section}:RedisCaCertificate is given, but Store is {options.Store}: say --store {ClassoundOptions.RedisStore} to use it";
        else if (Clustering.WhatIsWrongWith(options.Redis) is null && !ConfigurationOptions.Parse(options.Redis).Ssl)
            yield return $"{Section}:RedisCaCertificate is given, but Redis is used without TLS: expected ssl=true among the settings of {Section}:Redis";
    }

    /// <summary>With the files that they name.</summary>
    public static IEnumerable<string> CheckFiles(ClassoundOptions options)
    {
        if (options.UsesTls && options.TlsKey.Length > 0 && GrpcCertificate.WhatIsWrong(options) is { } wrong) yield return $"{Section}:{wrong}";
        if (options.RedisCaCertificate.Length > 0 && RedisTls.WhatIsWrongWith(options.RedisCaCertificate) is { } refused)
            yield return $"{Section}:RedisCaCertificate: {refused} Expected certificates in PEM";
    }
}
