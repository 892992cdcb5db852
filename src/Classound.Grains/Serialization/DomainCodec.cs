using System.Text.Json;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Classound.Grains.Serialization;

/// <summary>
/// Takes domain values across the grain boundary. They are immutable, so within a silo they are passed as they are; only
/// a call to another silo writes them: what every call brings as a message of its own (<see cref="CallMessages"/>), the rest as
/// JSON. The domain itself stays free of serializer attributes.
/// </summary>
public sealed class DomainCodec : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter
{
    /// <summary>Name of this codec in messages between silos: never change it.</summary>
    public const string WellKnownAlias = "classound-domain";

    private const uint TypeField = 0;
    private const uint PayloadField = 1;
    private const uint MessageField = 2;

    bool IGeneralizedCodec.IsSupportedType(Type type) => IsDomainValue(type);

    bool IGeneralizedCopier.IsSupportedType(Type type) => IsDomainValue(type);

    bool? ITypeFilter.IsTypeAllowed(Type type) => IsDomainValue(type) ? true : null;

    object? IDeepCopier.DeepCopy(object? input, CopyContext context) => input;

    void IFieldCodec.WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value)) return;
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(DomainCodec), WireType.TagDelimited);
        writer.WriteFieldHeaderExpected(TypeField, WireType.LengthPrefixed);
        writer.Session.TypeCodec.WriteLengthPrefixed(ref writer, value!.GetType());
        // Numbers of fields count from the one before.
        var message = CallMessages.TryWrite(value);
        writer.WriteFieldHeaderExpected((message is null ? PayloadField : MessageField) - TypeField, WireType.LengthPrefixed);
        var payload = message ?? JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), DomainJson.Options);
        writer.WriteVarUInt32((uint)payload.Length);
        writer.Write(payload);
        writer.WriteEndObject();
    }

    object IFieldCodec.ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference) return ReferenceCodec.ReadReference(ref reader, field.FieldType!)!;
        field.EnsureWireTypeTagDelimited();
        var placeholder = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        Type? type = null;
        object? value = null;
        uint fieldId = 0;
        while (true)
        {
            var header = reader.ReadFieldHeader();
            if (header.IsEndBaseOrEndObject) break;
            fieldId += header.FieldIdDelta;
            if (fieldId == TypeField)
            {
                type = reader.Session.TypeCodec.ReadLengthPrefixed(ref reader);
            }
            else if (fieldId is PayloadField or MessageField && type is not null && IsDomainValue(type))
            {
                var payload = reader.ReadBytes(reader.ReadVarUInt32());
                value = fieldId == MessageField
                    ? CallMessages.Read(type, payload) : JsonSerializer.Deserialize(payload, type, DomainJson.Options);
            }
            else
            {
                reader.ConsumeUnknownField(header);
            }
        }
        if (value is null) throw new InvalidDataException($"a message carries no domain value of type {type}");
        ReferenceCodec.RecordObject(reader.Session, value, placeholder);
        return value;
    }

    private static bool IsDomainValue(Type type) =>
        type is { Namespace: { } space, IsInterface: false, IsAbstract: false }
        && (space.StartsWith("Classound.Charging", StringComparison.Ordinal) || space.StartsWith("Classound.Grains", StringComparison.Ordinal))
        && !typeof(Exception).IsAssignableFrom(type) && !typeof(IGrainBase).IsAssignableFrom(type)
        && !type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
        && !type.IsGenericType && !type.Name.StartsWith("Codec_", StringComparison.Ordinal);
}
