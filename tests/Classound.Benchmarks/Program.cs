using Classound.Benchmarks;

const string Help = """
    Classound.Benchmarks: figures of the product on this machine. Nothing is asserted.

      price-list [--prefixes N] [--seed N] [--no-service] [--json FILE]
          A synthetic deck of N prefixes (default 1000000): reading, storing and loading it, the lookup against that of a
          thousand prefixes, and what calls notice while a silo imports and activates it.

    The same seed (default 1) makes the same deck. --json writes the figures to a file as well.
    """;

switch (args)
{
    case ["price-list", .. var options] when PriceListOptions.TryParse(options, out var parsed):
        await PriceListCommand.Run(parsed);
        return 0;
    case ["--help" or "-h"]:
        Console.WriteLine(Help);
        return 0;
    default:
        Console.Error.WriteLine(Help);
        return 2;
}
