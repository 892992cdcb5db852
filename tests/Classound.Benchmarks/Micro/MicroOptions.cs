namespace Classound.Benchmarks.Micro;

/// <summary>What <c>micro</c> was asked for.</summary>
/// <param name="MostPrefixes">Look-ups in larger tables are left out.</param>
internal sealed record MicroOptions(int Seed, int MostPrefixes, bool Quick, bool Verbose, string? Json, string? Markdown);
