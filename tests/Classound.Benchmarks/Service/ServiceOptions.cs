namespace Classound.Benchmarks.Service;

/// <param name="Only">Names of the rows to measure; empty = all.</param>
/// <param name="Windows">Rounds: windows of each contender.</param>
/// <param name="WindowSeconds">Length of a window.</param>
/// <param name="Connections">HTTP/2 connections of the load generator to each service.</param>
/// <param name="Seed">Of the deck and of the calls.</param>
/// <param name="AttachSeconds">Above 0: measure nothing, keep the first row's contender under load for so long.</param>
internal sealed record ServiceOptions(
    IReadOnlyList<string> Only, int Windows, double WindowSeconds, int Connections, int Seed, int AttachSeconds)
{
    public const int InFlight = 128;

    /// <summary>Before each window; what compiles, and what a deployment does once, is done in a longer first one.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    public TimeSpan Window => TimeSpan.FromSeconds(WindowSeconds);
}
