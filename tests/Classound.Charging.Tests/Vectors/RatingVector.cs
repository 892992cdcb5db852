using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Vectors;

/// <summary>One external case; the schema is inside the file.</summary>
internal sealed record RatingVector(string Id, string Kind, string Semantics, JsonElement Input, JsonElement Expected, JsonElement Exact)
{
    private const string VectorsFile = "vectors/rating_vectors.json";

    /// <summary>All vectors by id; empty where the shared folder is absent.</summary>
    public static readonly IReadOnlyDictionary<string, RatingVector> All = Load();

    /// <summary>Decimals of the source's list; without any, as many as an amount holds.</summary>
    public int Decimals => Rounding is { } rounding ? rounding.GetProperty("decimals").GetInt32() : Amount.MaxDecimals;

    /// <summary>middle is half up; up and down are not in the product.</summary>
    public string RoundingMethod => Rounding is { } rounding ? rounding.GetProperty("method").GetString()! : "middle";

    public DateTimeOffset AnsweredAt =>
        Input.TryGetProperty("answer_time", out var time) ? time.GetDateTimeOffset() : DateTimeOffset.UnixEpoch;

    private JsonElement? Rounding =>
        Input.TryGetProperty("tariff", out var tariff) && tariff.TryGetProperty("rounding", out var rounding) ? rounding : null;

    public static Amount Money(JsonElement text) => Money(text.GetString()!);

    public static Amount Money(string text) => Amount.TryParse(text, out var amount) ? amount : throw new FormatException(text);

    public static Tariff PerMinute(string rate, int increment = 1) => Tariff.Create(Amount.Zero, 0, [new TariffStep(0, Money(rate), 60, increment)]);

    public static Tariff ToTariff(JsonElement source) =>
        source.TryGetProperty("bands", out var bands)
            ? Banded([.. bands.EnumerateArray()])
            : Tariff.Create(Money(source.GetProperty("connect_fee")), 0, Steps(source));

    private static ImmutableArray<TariffStep> Steps(JsonElement source) =>
    [
        .. source.GetProperty("rates").EnumerateArray().Select(rate => new TariffStep(
            rate.GetProperty("group_start_s").GetInt32(),
            Money(rate.GetProperty("rate")),
            rate.GetProperty("unit_s").GetInt32(),
            rate.GetProperty("increment_s").GetInt32())),
    ];

    // A band of the source lasts until the next one that starts on the same days; ours say when they end.
    private static Tariff Banded(List<JsonElement> sources)
    {
        var bands = sources.Select(source => new TariffBand(
            Days(source), Minute(source), sources.Where(other => Days(other) == Days(source)).Select(Minute)
                .Where(minute => minute > Minute(source)).DefaultIfEmpty(24 * 60).Min(),
            Money(source.GetProperty("connect_fee")),
            Steps(source)));
        return Tariff.Create(Amount.Zero, 0, Steps(sources[0]), [.. bands], "Etc/UTC");
    }

    private static WeekDays Days(JsonElement band) =>
        (WeekDays)band.GetProperty("weekdays").EnumerateArray().Sum(day => 1 << (day.GetInt32() - 1));

    private static int Minute(JsonElement band) =>
        (int)(TimeSpan.ParseExact(band.GetProperty("start").GetString()!, "c", CultureInfo.InvariantCulture).Ticks / TimeSpan.TicksPerMinute);

    private static Dictionary<string, RatingVector> Load()
    {
        if (SharedData.Find(VectorsFile) is not { } path) return [];
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        return file.RootElement.GetProperty("vectors").Clone().EnumerateArray().Select(v => new RatingVector(
            v.GetProperty("id").GetString()!, v.GetProperty("kind").GetString()!, v.GetProperty("semantics").GetString()!,
            v.GetProperty("input"), v.GetProperty("expected"),
            v.TryGetProperty("exact", out var exact) ? exact : default)).ToDictionary(v => v.Id, StringComparer.Ordinal);
    }
}
