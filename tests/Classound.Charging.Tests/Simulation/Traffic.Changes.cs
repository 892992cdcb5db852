using System.Globalization;
using Classound.Charging.Rating;
using Classound.Charging.Tests.CallLogs;

namespace Classound.Charging.Tests.Simulation;

internal sealed partial class Traffic
{
    private void ChangeLicences(DateTimeOffset at)
    {
        var count = _random.Next(2, 9);
        Note($"licences {count}");
        var refusal = Pbx.SetLicences(new UserLicences(count, 0, 0, 0), Catalogue, _now);
        var occupied = Pbx.Seats.Count(seat => seat is not null);
        Require((refusal == ProvisioningRefusal.MoreUsersThanLicences) == (occupied > count), $"{refusal} of {count} licences for {occupied} users");
        if (refusal != ProvisioningRefusal.None || count == _licences) return;
        _licences = count;
        _auditor.LicencesChanged(count, at);
    }

    private void ChangeUsers()
    {
        var users = Enumerable.Range(0, 7).OrderBy(_ => _random.Next()).Take(_random.Next(0, 7))
            .Select(user => string.Create(CultureInfo.InvariantCulture, $"u{user}")).ToList();
        Note($"users {string.Join(' ', users)}");
        var before = Pbx.Seats;
        var refusal = Pbx.SetUsers(users);
        Require((refusal == ProvisioningRefusal.MoreUsersThanLicences) == (users.Count > _licences), $"{refusal} of {users.Count} users");
        if (refusal != ProvisioningRefusal.None) return;
        Require(Pbx.Seats.Where(seat => seat is not null).Order().SequenceEqual(users.Order()), "seats are not the users");
        for (var seat = 0; seat < before.Count; seat++)
            if (before[seat] is { } user && users.Contains(user)) Require(Pbx.SeatOf(user) == seat, $"{user} lost the seat");
        if (Pbx.Months.Count == 0) return;
        var vacant = Pbx.Months[Pbx.Months.Keys.Max()].SeatsDrawn().Where(seat => seat >= Pbx.Seats.Count || Pbx.Seats[seat] is null).ToList();
        foreach (var user in users.Where(user => !before.Contains(user)))
            Require(vacant.Count == 0 || Pbx.Months[Pbx.Months.Keys.Max()].SeatsDrawn().Contains(Pbx.SeatOf(user)), $"{user} did not inherit a seat");
    }

    private void ChangeLimits()
    {
        var limits = new AuditedLimits(
            Pick(0, 200_000_000, 1_000_000_000, 20_000_000_000), Pick(0, 500_000_000, 4_000_000_000, 60_000_000_000),
            Pick(0, 0, 22_500_000, 100_000_000), (int)Pick(0, 4, 10), (int)Pick(0, 0, 2), _random.Next(2) == 0);
        Note($"limits {limits}");
        Pbx.Update(settings => settings with
        {
            Limits = new PbxLimits
            {
                DayCap = new Amount(limits.DayCap), MonthCap = new Amount(limits.MonthCap), MaxPricePerMinute = new Amount(limits.PerMinute),
                MaxConcurrentCalls = limits.Calls, MaxAttemptsPerSecond = limits.Attempts, BarHighCost = limits.BarHighCost,
            },
        }, Catalogue, _now);
        _auditor.Limits = limits;
    }

    private void ChangeState()
    {
        var suspend = _random.Next(3) == 0;
        Note($"suspended {suspend}");
        Pbx.Update(settings => settings with { State = suspend ? PbxState.Suspended : PbxState.Active }, Catalogue, _now);
        _auditor.Suspended = suspend;
        if (_random.Next(4) == 0) Pbx.VerifyDid(SamplePrices.Number(External));
    }

    private void Restore()
    {
        Note($"restore");
        _session.Pbx = StoredCopy.Of(Pbx);
        _auditor.Restored();
    }

    private long Pick(params long[] values) => values[_random.Next(values.Length)];
}
