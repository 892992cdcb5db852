using System.Buffers.Binary;
using System.Text;

namespace Classound.PriceLists.Pdf;

/// <summary>A TrueType font file, cut into its tables. Only for the fonts that are embedded here: nothing is checked.</summary>
internal sealed class TrueTypeFile
{
    private readonly byte[] _file;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = new(StringComparer.Ordinal);

    public TrueTypeFile(byte[] file)
    {
        _file = file;
        var count = U16(file, 4);
        for (var i = 0; i < count; i++)
        {
            var record = file.AsSpan(12 + 16 * i, 16);
            _tables.Add(Encoding.ASCII.GetString(record[..4]), ((int)U32(record, 8), (int)U32(record, 12)));
        }
    }

    public ReadOnlySpan<byte> this[string table]
    {
        get
        {
            var (offset, length) = _tables[table];
            return _file.AsSpan(offset, length);
        }
    }

    public static ushort U16(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt16BigEndian(data[at..]);

    public static short I16(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadInt16BigEndian(data[at..]);

    public static uint U32(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
}
