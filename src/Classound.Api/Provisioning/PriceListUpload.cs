using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Api.Provisioning;

/// <summary>A price list as it comes in: header first, then chunks.</summary>
public sealed class PriceListUpload : IAsyncDisposable
{
    // A client that goes silent would keep others from importing.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private PriceListUpload(ImportPriceListHeader header, Stream content) => (Header, Content) = (header, content);

    public ImportPriceListHeader Header { get; }

    /// <summary>At its start, can seek. Reading throws <see cref="OperationCanceledException"/> when the client has gone.</summary>
    public Stream Content { get; }

    public ValueTask DisposeAsync() => Content.DisposeAsync();

    /// <summary>The first message.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no sound header.</exception>
    public static async Task<ImportPriceListHeader> ReadHeaderAsync(IAsyncStreamReader<ImportPriceListRequest> parts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (!await parts.MoveNext(ct) || parts.Current.PartCase != ImportPriceListRequest.PartOneofCase.Header)
            throw Malformed("header", "is missing; expected it in the first message, before any chunk.");
        var header = parts.Current.Header;
        PriceListRequests.Check(header);
        return header;
    }

    /// <summary>All other messages.</summary>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT: parts missing, out of order, empty or too large. DEADLINE_EXCEEDED: nothing came for half a minute.
    /// </exception>
    public static async Task<PriceListUpload> ReadAsync(
        ImportPriceListHeader header, IAsyncStreamReader<ImportPriceListRequest> parts, TimeProvider clock, CancellationToken ct)
    {
        var content = TemporaryFile.Create(ct);
        try
        {
            using var silence = new CancellationTokenSource(LongestSilence, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
            while (await NextAsync(parts, silence, either.Token, ct))
            {
                Check(parts.Current, content.Length);
                await content.WriteAsync(parts.Current.Chunk.Memory, ct);
            }

            if (content.Length == 0) throw Malformed("chunk", "is missing; expected the file after the header.");
            content.Position = 0;
            return new PriceListUpload(header, content);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> NextAsync(
        IAsyncStreamReader<ImportPriceListRequest> parts, CancellationTokenSource silence, CancellationToken either, CancellationToken ct)
    {
        silence.CancelAfter(LongestSilence);
        try
        {
            return await parts.MoveNext(either);
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException && silence.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded, $"No chunk came for {LongestSilence.TotalSeconds:F0} s; nothing was imported."));
        }
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

    /// <summary>INVALID_ARGUMENT that names one field.</summary>
    public static RpcException Malformed(string field, string fault)
    {
        var violations = new FieldViolations();
        violations.Add(field, fault);
        return violations.ToException();
    }
}
