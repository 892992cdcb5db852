using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary>A version of a price list for people.</summary>
internal static class PriceListView
{
    public static void Facts(CliOutput output, PriceList list) => output.Facts(
        ("price list", $"{list.PriceListType} version {Words.Of(list.Version)}"), ("state", Words.Of(list.State)),
        ("effective from", Words.Of(list.EffectiveTime)), ("time zone", list.TimeZone),
        ("currency", $"{list.CurrencyCode}, charges of {Words.Of(list.Decimals)} decimals"), ("prefixes", Words.Of(list.Prefixes)),
        ("content", list.ContentSha256));

    /// <summary>Everything but the prefixes, each table only where it has rows.</summary>
    public static void Content(CliOutput output, GetPriceListResponse reply)
    {
        var currency = reply.PriceList.CurrencyCode;
        Facts(output, reply.PriceList);
        if (reply.PrefixCounts is { } counts)
            output.Facts(
                ("with their own tariff", Words.Of(counts.OwnTariffs)), ("high cost", Words.Of(counts.HighCost)),
                ("countries", Words.Of(counts.Countries)));
        output.TableIfAny("Areas", ["area", "tariff", "#prefixes"], reply.AreaTariffs.Select(row => new[]
        {
            $"Area {Words.Of(row.Area)}", TariffText.Of(row.Tariff, currency), InArea(reply.PrefixCounts, row.Area),
        }));
        output.TableIfAny(
            "Flat plans", ["plan", "term", "#minutes per user", "sharing", "fee per user and month"], reply.Plans.Select(plan => new[]
            {
                plan.PlanCode, Words.Of(plan.Term), Words.Of(plan.MinutesPerUser), Words.Of(plan.Sharing), Bands(plan, currency),
            }));
        output.TableIfAny("DIDs", ["country", "kind", "#setup", "#per month"], DidRows(reply.DidFees, currency));
        output.TableIfAny(
            "FreePhone", ["country", "#per month", "#from fixed", "#from mobile", "#from payphone"],
            reply.FreePhoneFees.Select(fee => FreePhoneRow(fee, currency)));
    }

    public static IEnumerable<string[]> DidRows(IEnumerable<DidFee> fees, string currency) => fees.Select(fee => new[]
    {
        fee.Country, fee.NumberKind, NanosText.Format(fee.SetupNanos, currency), NanosText.Format(fee.MonthlyNanos, currency),
    });

    public static string[] FreePhoneRow(FreePhoneFee fee, string currency) =>
    [
        fee.Country, NanosText.Format(fee.MonthlyNanos, currency), NanosText.Format(fee.FixedPerMinuteNanos, currency),
        NanosText.Format(fee.MobilePerMinuteNanos, currency), NanosText.Format(fee.PayphonePerMinuteNanos, currency),
    ];

    private static string InArea(PriceListPrefixCounts? counts, int area) =>
        counts?.ByArea.ElementAtOrDefault(area - 1) is { } prefixes ? Words.Of(prefixes) : "";

    private static string Bands(PlanOffer plan, string currency)
    {
        var from = 1;
        var texts = new List<string>();
        foreach (var band in plan.Bands)
        {
            var users = band.MaxUsers == 0 ? $"{Words.Of(from)} and more" : $"{Words.Of(from)}-{Words.Of(band.MaxUsers)}";
            texts.Add($"{users} users {NanosText.Format(band.MonthlyFeeNanos, currency)}");
            from = band.MaxUsers + 1;
        }
        return string.Join(", ", texts);
    }
}
