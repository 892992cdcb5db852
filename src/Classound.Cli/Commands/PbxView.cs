using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary>A PBX in words.</summary>
internal static class PbxView
{
    public static void Show(CliOutput output, Pbx pbx, PbxLiveCounts? counts = null)
    {
        output.Facts(
            ("PBX", pbx.PbxId),
            ("name", pbx.Name),
            ("state", Words.Of(pbx.State)),
            ("country", $"{pbx.Country}, time zone {pbx.TimeZone}, currency {pbx.CurrencyCode}"),
            ("price list", pbx.PriceListType),
            ("plan", pbx.PlanCode.Length == 0 ? "none: chargeable calls are refused" : pbx.PlanCode),
            ("active from", pbx.ActiveFromDate),
            ("licences", Licences(pbx.Licences)),
            ("users", string.Join(", ", pbx.UserIds)),
            ("limits", Limits(pbx)));
        if (counts is not null)
            ShowCounts(output, counts);
    }

    private static void ShowCounts(CliOutput output, PbxLiveCounts counts) => output.Facts(
        ("month", counts.UsageMonth),
        ("plan of the month", counts.PlanCode.Length == 0 ? "none" : $"{counts.PlanCode} of {counts.PlanEffectiveDate}"),
        ("users licensed", $"{Words.Of(counts.LicensedUsers)} (highest of the month {Words.Of(counts.MonthUsers)})"),
        ("users in a call", Words.Of(counts.UsersInCall)),
        ("calls", $"{Words.Of(counts.ActiveCalls)} active, {Words.Of(counts.RingingCalls)} ringing"),
        ("included minutes", Words.Allowance(counts.IncludedSecondsUsed, counts.IncludedSecondsHeld, counts.IncludedSecondsGranted)),
        ("spent", NanosText.Format(counts.UsedNanos, counts.CurrencyCode)),
        ("held", NanosText.Format(counts.HeldNanos, counts.CurrencyCode)));

    private static string Licences(UserLicences? licences) => licences is null
        ? ""
        : $"{Words.Of(licences.Basic)} basic, {Words.Of(licences.Essential)} essential, "
            + $"{Words.Of(licences.Business)} business, {Words.Of(licences.Premium)} premium";

    private static string Limits(Pbx pbx)
    {
        if (pbx.Limits is not { } limits)
            return "";
        var texts = new List<string>();
        Add(limits.MaxConcurrentCalls > 0, () => $"{Words.Of(limits.MaxConcurrentCalls)} calls at once");
        Add(limits.MaxAttemptsPerSecond > 0, () => $"{Words.Of(limits.MaxAttemptsPerSecond)} attempts per second");
        Add(limits.DayCapNanos > 0, () => $"{NanosText.Format(limits.DayCapNanos, pbx.CurrencyCode)} per day");
        Add(limits.MonthCapNanos > 0, () => $"{NanosText.Format(limits.MonthCapNanos, pbx.CurrencyCode)} per month");
        Add(limits.MaxPricePerMinuteNanos > 0,
            () => $"at most {NanosText.Format(limits.MaxPricePerMinuteNanos, pbx.CurrencyCode)} per minute");
        Add(limits.MaxCallSeconds > 0, () => $"calls of {Words.Seconds(limits.MaxCallSeconds)}");
        Add(limits.BarHighCost, () => "high-cost destinations barred");
        Add(limits.AllowedAreas.Count > 0, () => $"only areas {string.Join(' ', limits.AllowedAreas)}");
        Add(limits.BarredAreas.Count > 0, () => $"areas {string.Join(' ', limits.BarredAreas)} barred");
        Add(limits.AllowedCountries.Count > 0, () => $"only countries {string.Join(' ', limits.AllowedCountries)}");
        Add(limits.BarredCountries.Count > 0, () => $"countries {string.Join(' ', limits.BarredCountries)} barred");
        Add(limits.AllowedPrefixes.Count > 0, () => $"only prefixes {string.Join(' ', limits.AllowedPrefixes)}");
        Add(limits.BarredPrefixes.Count > 0, () => $"prefixes {string.Join(' ', limits.BarredPrefixes)} barred");
        return texts.Count == 0 ? "none" : string.Join(", ", texts);

        void Add(bool given, Func<string> text)
        {
            if (given)
                texts.Add(text());
        }
    }
}
