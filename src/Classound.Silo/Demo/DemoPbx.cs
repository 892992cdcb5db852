using Classound.Contracts.Provisioning.V1;

namespace Classound.Silo.Demo;

/// <summary>A customer of the sample operator.</summary>
internal sealed record DemoPbx(Pbx Pbx, IReadOnlyList<string> Users, IReadOnlyList<(string Number, DidKind Kind)> Dids);

/// <summary>
/// The sample operator's plans and customers. Nothing here depends on when the demo runs, so that starting it again repeats the same
/// requests and changes nothing.
/// </summary>
internal static class DemoOperator
{
    public const string PriceListType = "END_USER";
    public const string Currency = "EUR";
    public const string Pooled = "CLASSOUND-FLAT-1m";
    public const string PerUser = "CLASSOUND-FLAT-USER-1m";
    public const string Small = "CLASSOUND-SMALL-1m";

    public const string Milan = "acme-milan";
    public const string MilanNumber = "+390212345678";
    public const string MilanMobile = "+393331234567";
    public const string NewYork = "globex-newyork";
    public const string NewYorkNumber = "+12125550123";
    public const string London = "initech-london";
    public const string LondonNumber = "+442079460018";

    /// <summary>
    /// Before every call of the demo, and before the old calls that somebody may replay against it. Never changed: a repeat must be
    /// the same. A data folder whose catalogue begins later gets these versions for the time before.
    /// </summary>
    public static readonly DateTimeOffset InForceFrom = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>London's limits: what a day's calls may cost, and the dearest minute.</summary>
    public const long LondonDayCapNanos = 5_000_000_000;
    public const long LondonMaxPricePerMinuteNanos = 100_000_000;

    private const string FirstDay = "2025-01-01";

    public static IReadOnlyList<PlanVersion> Plans { get; } =
    [
        Plan(Pooled, 3000, PlanSharing.Pooled, 9_900_000_000, 8_500_000_000),
        Plan(PerUser, 3000, PlanSharing.PerUser, 10_900_000_000, 9_200_000_000),
        Plan(Small, 10, PlanSharing.Pooled, 2_000_000_000, 1_500_000_000),
    ];

    public static IReadOnlyList<DemoPbx> Pbxs { get; } =
    [
        new(New(Milan, "Acme Milan", "IT", "Europe/Rome", Pooled, new UserLicences { Basic = 2, Essential = 1, Business = 1 }), [],
            [(MilanNumber, DidKind.Hosted), ("+390298765432", DidKind.Ported), (MilanMobile, DidKind.External)]),
        new(New(NewYork, "Globex New York", "US", "America/New_York", PerUser, new UserLicences { Business = 1, Premium = 1 }),
            ["alice", "bob"],
            [(NewYorkNumber, DidKind.Hosted)]),
        new(New(London, "Initech London", "GB", "Europe/London", Small, new UserLicences { Basic = 2 }, new Limits
            {
                BarHighCost = true,
                DayCapNanos = LondonDayCapNanos,
                MaxPricePerMinuteNanos = LondonMaxPricePerMinuteNanos,
                MaxConcurrentCalls = 20,
            }), [],
            [(LondonNumber, DidKind.Hosted)]),
    ];

    /// <summary>The CSV that is imported: every country, every price and area in it invented.</summary>
    public static Stream OpenPriceList() =>
        typeof(DemoOperator).Assembly.GetManifestResourceStream("Classound.Silo.Demo.sample-price-list.csv")
        ?? throw new InvalidOperationException("the sample price list is not in the assembly");

    private static PlanVersion Plan(string code, int minutes, PlanSharing sharing, long smallFeeNanos, long largeFeeNanos) => new()
    {
        PlanCode = code,
        EffectiveDate = "2010-01-01",
        Term = PlanTerm.Monthly,
        MinutesPerUser = minutes,
        Sharing = sharing,
        CurrencyCode = Currency,
        Bands = { new UserBand { MaxUsers = 5, MonthlyFeeNanos = smallFeeNanos }, new UserBand { MonthlyFeeNanos = largeFeeNanos } },
    };

    private static Pbx New(
        string id, string name, string country, string zone, string plan, UserLicences licences, Limits? limits = null) => new()
        {
            PbxId = id,
            Name = name,
            Country = country,
            TimeZone = zone,
            CurrencyCode = Currency,
            PriceListType = PriceListType,
            PlanCode = plan,
            ActiveFromDate = FirstDay,
            Licences = licences,
            Limits = limits,
        };
}
