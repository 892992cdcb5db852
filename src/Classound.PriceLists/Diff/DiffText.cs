using System.Globalization;
using System.Text;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.PriceLists.OwnFormat;

namespace Classound.PriceLists.Diff;

/// <summary>Rows as a diff shows them, in the words of the own format: <c>area 1, 0.012/60+60, connect 0.01</c>.</summary>
internal static class DiffText
{
    public static string Of(Tariff tariff)
    {
        var text = new StringBuilder(Tariff.FormatSteps(tariff.Steps));
        if (tariff.ConnectFee != Amount.Zero) text.Append(CultureInfo.InvariantCulture, $", connect {tariff.ConnectFee}");
        if (tariff.MinimumSeconds > 0) text.Append(CultureInfo.InvariantCulture, $", minimum {tariff.MinimumSeconds} s");
        foreach (var band in tariff.Bands)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"; {OwnWords.Word(band.Days)} {OwnWords.Time(band.FromMinute)}-{OwnWords.Time(band.ToMinute)} {Tariff.FormatSteps(band.Steps)}");
            if (band.ConnectFee != Amount.Zero) text.Append(CultureInfo.InvariantCulture, $", connect {band.ConnectFee}");
        }

        if (tariff.BandTimeZoneId is { } zone) text.Append(CultureInfo.InvariantCulture, $" ({zone})");
        return text.ToString();
    }

    /// <param name="entry">The row.</param>
    /// <param name="withPlace">Also country and name: of rows in which those differ.</param>
    public static string Of(PriceListEntry entry, bool withPlace)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"area {(int)entry.Area}");
        if (entry.OwnTariff is { } own) text.Append(CultureInfo.InvariantCulture, $", {Of(own)}");
        if (entry.HighCost) text.Append(", high cost");
        if (withPlace) text.Append(CultureInfo.InvariantCulture, $", {(entry.Country.Length > 0 ? entry.Country : "no country")} \"{entry.Destination}\"");
        return text.ToString();
    }

    public static string Of(PlanOffer plan)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{OwnWords.Word(plan.Term)}, {OwnWords.Word(plan.Sharing)}, {plan.MinutesPerUser} minutes per user");
        var from = 1;
        foreach (var band in plan.Bands)
        {
            var to = band.MaxUsers == int.MaxValue ? " on" : string.Create(CultureInfo.InvariantCulture, $"-{band.MaxUsers}");
            text.Append(CultureInfo.InvariantCulture, $", users {from}{to}: {band.MonthlyFeePerUser}");
            if (band.MaxUsers < int.MaxValue) from = band.MaxUsers + 1;
        }

        return text.ToString();
    }

    public static string Of(DidFee fee) => string.Create(CultureInfo.InvariantCulture, $"setup {fee.Setup}, monthly {fee.Monthly}");

    public static string Of(FreePhoneFee fee) => string.Create(
        CultureInfo.InvariantCulture, $"monthly {fee.Monthly}, fixed {fee.Fixed}, mobile {fee.Mobile}, payphone {fee.Payphone}");
}
