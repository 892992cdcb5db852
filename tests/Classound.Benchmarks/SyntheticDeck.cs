using System.Globalization;
using System.Text;

namespace Classound.Benchmarks;

/// <summary>
/// An invented deck that looks as large ones do: country codes, under each of them runs of neighbouring codes that split further,
/// up to seven digits behind the country code; runs of neighbours share a destination and its price.
/// </summary>
internal static class SyntheticDeck
{
    private const int DigitsBehindCountry = 7;

    private static readonly (string Code, string Country)[] Countries =
    [
        ("1", "US"), ("44", "GB"), ("49", "DE"), ("33", "FR"), ("39", "IT"), ("34", "ES"), ("31", "NL"), ("46", "SE"), ("52", "MX"), ("55", "BR"),
        ("7", "RU"), ("90", "TR"), ("91", "IN"), ("86", "CN"), ("62", "ID"), ("63", "PH"), ("84", "VN"), ("20", "EG"), ("27", "ZA"), ("234", "NG"),
        ("254", "KE"), ("212", "MA"), ("351", "PT"), ("353", "IE"), ("358", "FI"), ("380", "UA"), ("48", "PL"), ("40", "RO"), ("30", "GR"), ("61", "AU"),
        ("64", "NZ"), ("81", "JP"), ("82", "KR"), ("92", "PK"), ("880", "BD"), ("94", "LK"), ("971", "AE"), ("966", "SA"), ("972", "IL"), ("98", "IR"),
        ("54", "AR"), ("56", "CL"), ("57", "CO"), ("58", "VE"), ("51", "PE"), ("593", "EC"), ("502", "GT"), ("41", "CH"), ("43", "AT"), ("32", "BE"),
    ];

    public static string[] Prefixes(int count, int seed)
    {
        var random = new Random(seed);
        var all = new HashSet<string>(count, StringComparer.Ordinal);
        // Large countries have most codes, as in real decks: the third one a third of the first.
        var weights = Countries.Select((_, i) => 1.0 / (i / 3 + 1)).ToArray();
        var total = weights.Sum();
        for (var i = 0; i < Countries.Length; i++)
            Split(Countries[i].Code, Math.Max(1, (int)(count * weights[i] / total)), random, all);
        Split(Countries[0].Code, count - all.Count + 1, random, all);
        return [.. all.Take(count)];
    }

    /// <summary>The deck as a file of the own format.</summary>
    public static byte[] Csv(IReadOnlyList<string> prefixes, int seed)
    {
        var random = new Random(seed + 1);
        var file = new StringBuilder("kind,prefix,country,destination,area,connect_fee,minimum_seconds,steps,high_cost\n", prefixes.Count * 48);
        for (var area = 1; area <= 6; area++) Line($"area,,,,{area},,,0.0{area}/60+{(area == 1 ? 60 : 1)},");
        var (network, price) = (0, 0);
        foreach (var prefix in prefixes.Order(StringComparer.Ordinal))
        {
            if (random.Next(4) == 0) (network, price) = (random.Next(60), random.Next(20, 4_000));
            var (code, country) = Countries.Where(known => prefix.StartsWith(known.Code, StringComparison.Ordinal)).MaxBy(known => known.Code.Length);
            Line($"prefix,{prefix},{country},{country} network {network},{code.Length + 1},,,{0.0001 * price:0.####}/60+1,no");
        }

        return Encoding.UTF8.GetBytes(file.ToString());

        void Line(FormattableString text) => file.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A number under the prefix, of 10 to 13 digits, or more where the prefix is longer.</summary>
    public static ulong NumberUnder(string prefix, Random random)
    {
        var number = ulong.Parse(prefix, CultureInfo.InvariantCulture);
        var length = Math.Min(15, Math.Max(prefix.Length + 1, random.Next(10, 14)));
        for (var i = prefix.Length; i < length; i++) number = number * 10 + (ulong)random.Next(10);
        return number;
    }

    private static void Split(string country, int count, Random random, HashSet<string> all)
    {
        var known = new List<string> { country };
        var added = all.Add(country) ? 1 : 0;
        while (added < count)
        {
            // The later ones more often: those are the longer ones.
            var parent = known[(int)(Math.Pow(random.NextDouble(), 0.7) * known.Count)];
            if (parent.Length >= country.Length + DigitsBehindCountry) continue;
            var first = random.Next(10);
            for (var digit = first; digit < 10 && added < count && (digit == first || random.Next(6) > 0); digit++)
            {
                var child = parent + (char)('0' + digit);
                known.Add(child);
                if (all.Add(child)) added++;
            }
        }
    }
}
