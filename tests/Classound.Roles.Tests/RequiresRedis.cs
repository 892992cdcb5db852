using Classound.Storage.Tests.Redis;

// Nearer to the tests than xunit's own, so that each says why it is skipped where there is no server for its cluster.
namespace Classound.Api.Tests;

[AttributeUsage(AttributeTargets.Method)]
public sealed class FactAttribute : Xunit.FactAttribute
{
    public FactAttribute() => Skip = RequiresRedis.Reason;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryAttribute : Xunit.TheoryAttribute
{
    public TheoryAttribute() => Skip = RequiresRedis.Reason;
}

internal static class RequiresRedis
{
    public static string? Reason { get; } = RedisServer.IsInstalled ? null : "redis-server is not on the PATH";
}
