using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// Numbered objects, then where each of them begins (ISO 32000-1, 7.5). Writes forwards only, and nothing of the clock or of
/// chance: the file's identifier is the hash of what stands before it.
/// </summary>
internal sealed class PdfFile : IDisposable
{
    private readonly Stream _target;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<long> _offsets = [];
    private long _written;

    public PdfFile(Stream target)
    {
        _target = target;
        // Four bytes above 127 in a comment tell programs that the file is not text.
        Put("%PDF-1.7\n%"u8);
        Put([0xe2, 0xe3, 0xcf, 0xd3, (byte)'\n']);
    }

    /// <summary>A number for an object that is written later, or is referred to before.</summary>
    public int Reserve()
    {
        _offsets.Add(0);
        return _offsets.Count;
    }

    public void Write(int number, FormattableString body) => WriteText(number, body.ToString(CultureInfo.InvariantCulture));

    public void WriteText(int number, string body)
    {
        _offsets[number - 1] = _written;
        Put(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n"));
    }

    /// <summary>Compressed.</summary>
    /// <param name="entries">Of its dictionary, beside length and filter.</param>
    public void WriteStream(int number, string entries, ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(content);
        _offsets[number - 1] = _written;
        Put(string.Create(
            CultureInfo.InvariantCulture, $"{number} 0 obj\n<< {entries} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"));
        Put(packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Put("\nendstream\nendobj\n"u8);
    }

    public void End(int catalog, int info)
    {
        var start = _written;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in _offsets) text.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        var id = Convert.ToHexString(_hash.GetCurrentHash().AsSpan(0, 16));
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {_offsets.Count + 1} /Root {catalog} 0 R /Info {info} 0 R ");
        text.Append(CultureInfo.InvariantCulture, $"/ID [<{id}> <{id}>] >>\nstartxref\n{start}\n%%EOF\n");
        Put(text.ToString());
    }

    /// <summary>A text string in any script.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public void Dispose() => _hash.Dispose();

    private void Put(string ascii) => Put(Encoding.ASCII.GetBytes(ascii));

    private void Put(ReadOnlySpan<byte> bytes)
    {
        _target.Write(bytes);
        _hash.AppendData(bytes);
        _written += bytes.Length;
    }
}
