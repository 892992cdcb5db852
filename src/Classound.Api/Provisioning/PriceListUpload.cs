using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Api.Provisioning;

/// <summary>A price list as it comes in: header first, then chunks. A million prefixes exceed one gRPC message.</summary>
public sealed record PriceListUpload(ImportPriceListHeader Header, byte[] Content)
{
    /// <exception cref="RpcException">INVALID_ARGUMENT: parts missing, out of order, empty or too large.</exception>
    public static async Task<PriceListUpload> ReadAsync(IAsyncStreamReader<ImportPriceListRequest> parts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (!await parts.MoveNext(ct) || parts.Current.PartCase != ImportPriceListRequest.PartOneofCase.Header)
            throw Malformed("header", "is missing; expected it in the first message, before any chunk.");
        var header = parts.Current.Header;
        PriceListRequests.Check(header);

        using var content = new MemoryStream();
        while (await parts.MoveNext(ct))
        {
            Check(parts.Current, content.Length);
            parts.Current.Chunk.WriteTo(content);
        }

        if (content.Length == 0) throw Malformed("chunk", "is missing; expected the CSV after the header.");
        return new PriceListUpload(header, content.ToArray());
    }

    private static void Check(ImportPriceListRequest part, long received)
    {
        if (part.PartCase == ImportPriceListRequest.PartOneofCase.Header)
            throw Malformed("header", "is given twice; expected it once, in the first message.");
        if (part.Chunk.Length is 0 or > PriceListRequests.MaxChunkBytes)
            throw Malformed("chunk", $"has {part.Chunk.Length} bytes; expected 1 to {PriceListRequests.MaxChunkBytes}.");
        if (received + part.Chunk.Length > PriceListRequests.MaxContentBytes)
            throw Malformed("chunk", $"makes the file too large; expected at most {PriceListRequests.MaxContentBytes} bytes in all.");
    }

    private static RpcException Malformed(string field, string fault)
    {
        var violations = new FieldViolations();
        violations.Add(field, fault);
        return violations.ToException();
    }
}
