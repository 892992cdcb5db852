namespace Classound.Storage.Redis;

/// <summary>A setting of a server with which acknowledged data could vanish.</summary>
/// <param name="Server">host:port.</param>
/// <param name="Setting">Name as in redis.conf.</param>
/// <param name="Value">What it is; null when the server does not let it be read, as at managed services.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Loss">What can be lost, and by what.</param>
public sealed record DurabilityFinding(string Server, string Setting, string? Value, string Expected, string Loss)
{
    /// <summary>One sentence for people.</summary>
    public override string ToString() => Value is null
        ? $"Redis at {Server}: {Setting} is not readable, so it is unproven; expected {Expected}, otherwise {Loss}."
        : $"Redis at {Server}: {Setting} is '{Value}', expected {Expected}: {Loss}.";
}
