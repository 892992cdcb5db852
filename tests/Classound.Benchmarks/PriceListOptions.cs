namespace Classound.Benchmarks;

internal sealed record PriceListOptions(int Prefixes, int Seed, bool Service, string? Json);
