using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Classound.Benchmarks;

internal sealed record PriceListOptions(int Prefixes = 1_000_000, int Seed = 1, bool Service = true, string? Json = null)
{
    public static bool TryParse(ReadOnlySpan<string> arguments, [NotNullWhen(true)] out PriceListOptions? options)
    {
        options = null;
        var read = new PriceListOptions();
        for (; !arguments.IsEmpty; arguments = arguments[1..])
        {
            switch (arguments)
            {
                case ["--no-service", ..]:
                    read = read with { Service = false };
                    continue;
                case ["--json", var file, ..]:
                    read = read with { Json = file };
                    break;
                case ["--prefixes", var text, ..] when TryRead(text, out var count) && count is >= 1_000 and <= 4_000_000:
                    read = read with { Prefixes = count };
                    break;
                case ["--seed", var text, ..] when TryRead(text, out var seed):
                    read = read with { Seed = seed };
                    break;
                default:
                    return false;
            }

            arguments = arguments[1..];
        }

        options = read;
        return true;
    }

    private static bool TryRead(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
