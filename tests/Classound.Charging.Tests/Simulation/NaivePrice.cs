namespace Classound.Charging.Tests.Simulation;

/// <summary>
/// The auditor's own price table and its own rating: included minutes, one first increment, then later ones. Shares no code with
/// the core; the prices are those of the sample list, written down a second time.
/// </summary>
/// <param name="PerMinute">10^-9 currency units per minute, by list version (1 and 2).</param>
internal sealed record NaivePrice(int Area, long[] PerMinute, int FirstIncrement, int LaterIncrement, long ConnectFee = 0)
{
    private const long Quantum = 100_000; // four decimals

    public static readonly IReadOnlyDictionary<string, NaivePrice> ByNumber = new Dictionary<string, NaivePrice>
    {
        ["+49305550101"] = new(1, [22_500_000, 30_000_000], 60, 60),
        ["+491635550101"] = new(1, [120_000_000, 120_000_000], 30, 6, 50_000_000),
        ["+33155550101"] = new(2, [45_000_000, 60_000_000], 1, 1),
        ["+358955550101"] = new(2, [2_000_000, 2_000_000], 1, 1),
        ["+442055550101"] = new(3, [90_000_000, 120_000_000], 1, 1),
        ["+8816555501"] = new(6, [1_200_000_000, 1_500_000_000], 1, 1),
    };

    public static int ListAt(DateTimeOffset at) => at < new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero) ? 1 : 2;

    /// <returns>Seconds of all increments, those from the allowance, and the rest in 10^-9 units.</returns>
    public (int Rated, int Included, long Nanos) Rate(int list, int seconds, long available)
    {
        var at = 0;
        while (Area == 1 && at < seconds && available >= 60)
        {
            at += 60;
            available -= 60;
        }
        var included = at;
        if (at >= seconds) return (at, included, 0);
        var sixtieths = ConnectFee * 60;
        var first = at < FirstIncrement ? FirstIncrement : LaterIncrement;
        var later = Math.Max(0, (seconds - at - first + LaterIncrement - 1) / LaterIncrement);
        sixtieths += PerMinute[list - 1] * (first + (later * LaterIncrement));
        at += first + (later * LaterIncrement);
        return (at, included, (sixtieths + 30 * Quantum) / (60 * Quantum) * Quantum);
    }
}
