using Classound.Grains.Catalogues;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Dids;
using Classound.Grains.Persistence.Stored;
using Google.Protobuf;
using Orleans.Storage;

namespace Classound.Grains.Persistence;

/// <summary>
/// Grain state as it is stored: one byte that says the format, then a protobuf message (grain_state.proto) without names of types
/// of ours, which may change. A release reads what older ones wrote, and refuses what only a newer one understands.
/// </summary>
/// <param name="json">Reads the JSON that the embedded store was written with before this form.</param>
public sealed class GrainStateSerializer(IGrainStorageSerializer json) : IGrainStorageSerializer
{
    /// <summary>The newest format that this release reads, and the one that it writes.</summary>
    public const byte Format = 1;

    private const byte JsonObject = (byte)'{';

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input)
    {
        IMessage message = input switch
        {
            DidState state => GrainStateMapping.ToStored(state),
            DidOperationsState state => GrainStateMapping.ToStored(state),
            PbxDirectoryState state => GrainStateMapping.ToStored(state),
            CatalogueState state => GrainStateMapping.ToStored(state),
            _ => throw Unknown(typeof(T)),
        };
        var bytes = new byte[1 + message.CalculateSize()];
        bytes[0] = Format;
        message.WriteTo(bytes.AsSpan(1));
        return BinaryData.FromBytes(bytes);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A newer release wrote it, or it is no grain state at all.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var bytes = input.ToMemory().Span;
        if (bytes.IsEmpty) throw new InvalidDataException($"the stored {typeof(T).Name} is empty");
        if (bytes[0] == JsonObject) return json.Deserialize<T>(input)!;
        if (bytes[0] is 0 or > Format)
        {
            throw new InvalidDataException(
                $"the stored {typeof(T).Name} has format {bytes[0]}; this release reads up to {Format}: start the release that wrote it");
        }
        return (T)Parse(typeof(T), bytes[1..]);
    }

    private static object Parse(Type type, ReadOnlySpan<byte> message)
    {
        if (type == typeof(DidState)) return GrainStateMapping.FromStored(StoredDid.Parser.ParseFrom(message));
        if (type == typeof(DidOperationsState)) return GrainStateMapping.FromStored(StoredDidOperations.Parser.ParseFrom(message));
        if (type == typeof(PbxDirectoryState)) return GrainStateMapping.FromStored(StoredPbxDirectory.Parser.ParseFrom(message));
        if (type == typeof(CatalogueState)) return GrainStateMapping.FromStored(StoredCatalogue.Parser.ParseFrom(message));
        throw Unknown(type);
    }

    private static NotSupportedException Unknown(Type type) =>
        new($"{type} has no stored form: add it to grain_state.proto and {nameof(GrainStateMapping)}");
}
