using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Pdf;

/// <summary>Flat-fee plans, DIDs and FreePhone numbers: what is paid by the month.</summary>
internal static class FeeSections
{
    private const int PlanCells = 0b1111;
    private const int CountryCell = 0b1;

    public static PrintSection Plans(IReadOnlyList<PlanOffer> plans)
    {
        var decimals = AmountText.Decimals(plans.SelectMany(plan => plan.Bands).Select(band => band.MonthlyFeePerUser));
        return new PrintSection("Flat-fee plans",
        [
            new PrintTable("",
            [
                new("Plan", Share: 5), new("Term"), new("Included minutes per user and month", Share: 3),
                new("Included minutes are", Share: 3), new("Users"), new("Monthly fee per user", Share: 2, IsAmount: true),
            ],
            [.. plans.OrderBy(plan => plan.Code, StringComparer.Ordinal).SelectMany(plan => PlanRows(plan, decimals))]),
        ]);
    }

    private static IEnumerable<PrintRow> PlanRows(PlanOffer plan, int decimals)
    {
        var from = 1;
        foreach (var band in plan.Bands)
        {
            yield return new PrintRow(PrintRowKind.Row,
            [
                plan.Code, PriceWords.Term(plan.Term), plan.MinutesPerUser.ToString(CultureInfo.InvariantCulture),
                PriceWords.Sharing(plan.Sharing), PriceWords.Users(from, band.MaxUsers),
                AmountText.Format(band.MonthlyFeePerUser, decimals),
            ], from == 1 ? 0 : PlanCells);
            if (band.MaxUsers < int.MaxValue) from = band.MaxUsers + 1;
        }
    }

    public static PrintSection Dids(IReadOnlyList<DidFee> fees)
    {
        var setup = AmountText.Decimals(fees.Select(fee => fee.Setup));
        var monthly = AmountText.Decimals(fees.Select(fee => fee.Monthly));
        var rows = new List<PrintRow>();
        var above = "";
        foreach (var (name, fee) in ByCountry(fees, fee => fee.Country).ThenBy(row => row.Fee.Kind, StringComparer.Ordinal))
        {
            rows.Add(new PrintRow(
                PrintRowKind.Row, [name, fee.Kind, AmountText.Format(fee.Setup, setup), AmountText.Format(fee.Monthly, monthly)],
                name == above ? CountryCell : 0));
            above = name;
        }

        return new PrintSection("DID numbers",
        [
            new PrintTable("",
                [
                    new("Country", Share: 3), new("Kind", Share: 3), new("Setup, once per number", Share: 2, IsAmount: true),
                    new("Monthly per number", Share: 2, IsAmount: true),
                ], rows),
        ]);
    }

    public static PrintSection FreePhone(IReadOnlyList<FreePhoneFee> fees)
    {
        var monthly = AmountText.Decimals(fees.Select(fee => fee.Monthly));
        var minutes = AmountText.Decimals(fees.SelectMany(fee => (Amount[])[fee.Fixed, fee.Mobile, fee.Payphone]));
        return new PrintSection("FreePhone",
        [
            new PrintTable("",
            [
                new("Country", Share: 4), new("Monthly per number", Share: 2, IsAmount: true),
                new("Per minute from fixed", Share: 2, IsAmount: true), new("Per minute from mobile", Share: 2, IsAmount: true),
                new("Per minute from payphone", Share: 2, IsAmount: true),
            ],
            [
                .. ByCountry(fees, fee => fee.Country).Select(row => new PrintRow(PrintRowKind.Row,
                [
                    row.Name, AmountText.Format(row.Fee.Monthly, monthly), AmountText.Format(row.Fee.Fixed, minutes),
                    AmountText.Format(row.Fee.Mobile, minutes), AmountText.Format(row.Fee.Payphone, minutes),
                ])),
            ]),
        ]);
    }

    private static IOrderedEnumerable<(string Name, T Fee)> ByCountry<T>(IEnumerable<T> fees, Func<T, string> country) =>
        fees.Select(fee => (Name: CountryNames.Of(country(fee)), Fee: fee))
            .OrderBy(row => CountryNames.SortKey(row.Name), StringComparer.Ordinal);
}
