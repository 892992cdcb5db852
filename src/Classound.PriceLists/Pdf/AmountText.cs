using Classound.Charging.Rating;

namespace Classound.PriceLists.Pdf;

/// <summary>Amounts of one column: all with the same number of decimals, so that their points stand below each other.</summary>
internal static class AmountText
{
    /// <summary>A price with fewer looks like a mistake.</summary>
    private const int FewestDecimals = 2;

    /// <summary>As many decimals as the amount that needs most, 2 to 9: none is rounded.</summary>
    public static int Decimals(IEnumerable<Amount> amounts)
    {
        var most = FewestDecimals;
        foreach (var amount in amounts) most = Math.Max(most, Fraction(amount.ToString()));
        return most;
    }

    /// <param name="amount">Needs at most that many decimals.</param>
    /// <param name="decimals">1 to 9.</param>
    public static string Format(Amount amount, int decimals)
    {
        var text = amount.ToString();
        var fraction = Fraction(text);
        return fraction == 0 ? $"{text}.{new string('0', decimals)}" : text + new string('0', decimals - fraction);
    }

    private static int Fraction(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : text.Length - point - 1;
    }
}
