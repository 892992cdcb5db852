namespace Classound.Benchmarks;

/// <param name="Prefixes">Of the synthetic deck.</param>
/// <param name="Seed">The same seed makes the same deck.</param>
/// <param name="Service">With silos that import it.</param>
/// <param name="Redis">Their store; else the embedded one.</param>
/// <param name="Silos">How many; one on the embedded store.</param>
/// <param name="Json">A file for the figures.</param>
internal sealed record PriceListOptions(
    int Prefixes = 1_000_000, int Seed = 1, bool Service = true, bool Redis = false, int Silos = 1, string? Json = null);
