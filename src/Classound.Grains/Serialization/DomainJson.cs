using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Grains.Serialization;

/// <summary>JSON of domain values between silos; also keeps slow-moving grain state readable in the store.</summary>
public static class DomainJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new NumberConverter(), new TariffConverter() },
    };

    /// <summary>A number is its digits, a missing one 0: 15 digits are exact in any JSON number.</summary>
    private sealed class NumberConverter : JsonConverter<E164Number>
    {
        public override E164Number Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var digits = reader.GetUInt64();
            return digits == 0 ? default : E164Number.FromDigits(digits);
        }

        public override void Write(Utf8JsonWriter writer, E164Number value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Digits);
    }

    private sealed class TariffConverter : JsonConverter<Tariff>
    {
        public override Tariff? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parts = JsonSerializer.Deserialize<Parts>(ref reader, options);
            return parts is null
                ? null : Tariff.Create(parts.ConnectFee, parts.MinimumSeconds, parts.Steps, parts.Bands, parts.BandTimeZoneId);
        }

        public override void Write(Utf8JsonWriter writer, Tariff value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(
                writer, new Parts(value.ConnectFee, value.MinimumSeconds, value.Steps, value.Bands, value.BandTimeZoneId), options);

        private sealed record Parts(
            Amount ConnectFee, int MinimumSeconds, ImmutableArray<TariffStep> Steps, ImmutableArray<TariffBand> Bands, string? BandTimeZoneId);
    }
}
