using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Stored;

/// <summary>Plans, DID fees and FreePhone fees: a few hundred rows at most, each by its key.</summary>
internal static class StoredFees
{
    private const int LeastPlanBytes = 5;
    private const int LeastBandBytes = 2;
    private const int LeastDidBytes = 4;
    private const int LeastFreePhoneBytes = 5;

    /// <exception cref="ArgumentException">The same row is there twice.</exception>
    public static void Write(StoredWriter bytes, PriceListContent content)
    {
        var plans = Sort(content.Plans, plan => (plan.Code, ""));
        bytes.Number(plans.Count);
        foreach (var plan in plans) Write(bytes, plan);

        var dids = Sort(content.DidFees, fee => (fee.Country, fee.Kind));
        bytes.Number(dids.Count);
        foreach (var fee in dids)
        {
            bytes.Text(fee.Country);
            bytes.Text(fee.Kind);
            bytes.Amount(fee.Setup);
            bytes.Amount(fee.Monthly);
        }

        var freePhones = Sort(content.FreePhoneFees, fee => (fee.Country, ""));
        bytes.Number(freePhones.Count);
        foreach (var fee in freePhones)
        {
            bytes.Text(fee.Country);
            bytes.Amount(fee.Monthly);
            bytes.Amount(fee.Fixed);
            bytes.Amount(fee.Mobile);
            bytes.Amount(fee.Payphone);
        }
    }

    public static PriceListContent Read(ref StoredReader bytes, PriceListContent content)
    {
        var plans = new PlanOffer[bytes.Count(LeastPlanBytes)];
        for (var i = 0; i < plans.Length; i++) plans[i] = ReadPlan(ref bytes);
        var dids = new DidFee[bytes.Count(LeastDidBytes)];
        for (var i = 0; i < dids.Length; i++) dids[i] = new DidFee(bytes.Text(), bytes.Text(), bytes.Amount(), bytes.Amount());
        var freePhones = new FreePhoneFee[bytes.Count(LeastFreePhoneBytes)];
        for (var i = 0; i < freePhones.Length; i++)
            freePhones[i] = new FreePhoneFee(bytes.Text(), bytes.Amount(), bytes.Amount(), bytes.Amount(), bytes.Amount());
        return content with { Plans = plans, DidFees = dids, FreePhoneFees = freePhones };
    }

    private static void Write(StoredWriter bytes, PlanOffer plan)
    {
        bytes.Text(plan.Code);
        bytes.Byte((byte)plan.Term);
        bytes.Byte((byte)plan.Sharing);
        bytes.Number(plan.MinutesPerUser);
        bytes.Number(plan.Bands.Length);
        foreach (var band in plan.Bands)
        {
            bytes.Number(band.MaxUsers);
            bytes.Amount(band.MonthlyFeePerUser);
        }
    }

    private static PlanOffer ReadPlan(ref StoredReader bytes)
    {
        var code = bytes.Text();
        var (term, sharing) = ((PlanTerm)bytes.Byte(), (AllowanceSharing)bytes.Byte());
        if (!Enum.IsDefined(term) || !Enum.IsDefined(sharing)) throw bytes.Damaged($"plan {code}: term {(int)term}, sharing {(int)sharing}");
        var minutes = bytes.Number(int.MaxValue);
        var bands = new UserBand[bytes.Count(LeastBandBytes)];
        for (var i = 0; i < bands.Length; i++) bands[i] = new UserBand(bytes.Number(int.MaxValue), bytes.Amount());
        return new PlanOffer(code, term, sharing, minutes, [.. bands]);
    }

    private static List<T> Sort<T>(IReadOnlyList<T> rows, Func<T, (string First, string Second)> key)
    {
        var sorted = rows.OrderBy(row => key(row).First, StringComparer.Ordinal)
            .ThenBy(row => key(row).Second, StringComparer.Ordinal).ToList();
        for (var i = 1; i < sorted.Count; i++)
            if (key(sorted[i]) == key(sorted[i - 1])) throw new ArgumentException($"{sorted[i]}: given twice; expected once", nameof(rows));
        return sorted;
    }
}
