using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Charging.Tests.CallLogs;

namespace Classound.Charging.Tests.Simulation;

/// <summary>
/// Random traffic of one PBX and one seed, step by step under the eyes of an <see cref="Auditor"/>: edges repeat, reorder, report
/// late and wrong; licences, users, limits and states change; months turn; the PBX is restored from what was stored.
/// </summary>
internal sealed partial class Traffic
{
    private const string External = "+4930123456";
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Pacific/Auckland", "America/St_Johns"];
    private static readonly DateOnly ActiveFrom = new(2026, 11, 10);
    private static readonly string[] Called = [.. NaivePrice.ByNumber.Keys, "+49305550101", "+49305550101", "+352155550101", "0049305550101"];

    private static readonly Catalogue Catalogue = new(SamplePrices.Catalogue.Lists,
    [
        Plan("SIM", "2020-01-01", 40, AllowanceSharing.Pooled), Plan("SIM", "2026-12-01", 25, AllowanceSharing.Pooled),
        Plan("SIMSEATS", "2020-01-01", 40, AllowanceSharing.PerUser), Plan("SIMSEATS", "2026-12-01", 25, AllowanceSharing.PerUser),
    ]);

    private readonly Random _random;
    private readonly Auditor _auditor;
    private readonly PbxSession _session = new(Catalogue);
    private readonly Queue<string> _trace = new();
    private DateTimeOffset _now = new(2026, 11, 10, 20, 0, 0, TimeSpan.Zero);
    private int _licences = 4;
    private int _ids;

    public Traffic(int seed)
    {
        _random = new Random(seed);
        var perUser = seed % 2 == 1;
        var zone = Zones[seed / 2 % Zones.Length];
        _auditor = new Auditor(zone, ActiveFrom, perUser, _licences);
        Pbx.Provision(new PbxSettings
        {
            Id = "pbx", Country = "US", TimeZoneId = zone, Currency = "USD", PriceListType = SamplePrices.ListType,
            PlanCode = perUser ? "SIMSEATS" : "SIM", ActiveFrom = ActiveFrom, Licences = new UserLicences(_licences, 0, 0, 0), Limits = new PbxLimits(),
        });
        Pbx.AddDid(new Did(SamplePrices.Number(SamplePrices.Own), DidKind.Hosted, false));
        Pbx.AddDid(new Did(SamplePrices.Number(External), DidKind.External, false));
        Pbx.SetUsers(["u0", "u1", "u2"]);
    }

    public IReadOnlyDictionary<string, RatedCall> Settled => _session.Settled;
    public IReadOnlyList<RatedCall> Entries => _session.Entries;
    public string Trace => string.Join('\n', _trace);

    private Pbx Pbx => _session.Pbx;

    /// <summary>The time of what happens now: the silo's clock, never below what was stored.</summary>
    private DateTimeOffset Time => _now > Pbx.LastTime ? _now : Pbx.LastTime;

    public void Step()
    {
        Move();
        var at = Time;
        switch (_random.Next(100))
        {
            case < 34: Authorize(at); break;
            case < 48: Start(at); break;
            case < 62: Extend(at); break;
            case < 80: End(at); break;
            case < 85: Sweep(at); break;
            case < 88: Sync(at); break;
            case < 91: ChangeLicences(at); break;
            case < 94: ChangeUsers(); break;
            case < 96: ChangeLimits(); break;
            case < 98: ChangeState(); break;
            default: Restore(); break;
        }
        Require(Pbx.LastTime <= at, "the last stored time lies ahead");
        _auditor.Compare(Pbx);
    }

    private void Move()
    {
        _now = _random.Next(200) switch
        {
            0 => _now.AddHours(_random.Next(1, 200)),
            < 4 => BeforeTheMonthEnds(),
            < 8 => _now.AddSeconds(-_random.Next(1, 40)),
            < 60 => _now,
            _ => _now.AddMilliseconds(_random.Next(1, 90_000)),
        };
    }

    /// <summary>Month ends in the zone are where holds move and books close: go there more often than chance would.</summary>
    private DateTimeOffset BeforeTheMonthEnds()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Pbx.Settings!.TimeZoneId);
        var local = TimeZoneInfo.ConvertTime(_now, zone).DateTime;
        var end = new DateTime(local.Year, local.Month, 1).AddMonths(1).AddSeconds(-_random.Next(1, 20));
        var utc = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(end, zone), TimeSpan.Zero);
        return utc > _now && (utc - _now).TotalDays < 12 ? utc : _now;
    }

    private void Note(FormattableString text)
    {
        if (_trace.Count == 30) _trace.Dequeue();
        _trace.Enqueue($"{_now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff} " + text.ToString(CultureInfo.InvariantCulture));
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new AuditFailure(what);
    }

    private static PlanVersion Plan(string code, string from, int minutes, AllowanceSharing sharing) => new(
        code, DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture), PlanTerm.Month, minutes, sharing, "USD",
        [new UserBand(int.MaxValue, new Amount(1_000_000_000))]);
}
