using Classound.Contracts.Provisioning.V1;
using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Classound.PriceLists.Tables;

namespace Classound.Api.Provisioning;

/// <summary>A file as it was read, in either format.</summary>
internal sealed record ReadPriceList
{
    public required TableFormat Format { get; init; }
    public required int Rows { get; init; }
    public required int Prefixes { get; init; }
    public required IReadOnlyList<PriceListRemark> Errors { get; init; }
    public required int ErrorCount { get; init; }
    public required IReadOnlyList<PriceListRemark> Notes { get; init; }
    public required int NoteCount { get; init; }

    /// <summary>Null after errors.</summary>
    public PriceListHeader? Header { get; init; }

    /// <summary>The versions it comes to, by time; empty after errors.</summary>
    public IReadOnlyList<DatedContent> Parts { get; init; } = [];

    /// <summary>Null with the own format.</summary>
    public DeckMapping? Mapping { get; init; }
    public IReadOnlyList<DeckAreaAssignment> Areas { get; init; } = [];

    /// <summary>The same with more notes, in front.</summary>
    public ReadPriceList WithNotes(IEnumerable<PriceListRemark> notes)
    {
        PriceListRemark[] all = [.. notes, .. Notes];
        return this with { Notes = all, NoteCount = NoteCount + all.Length - Notes.Count };
    }

    /// <summary>The report, but for what it changes.</summary>
    public ImportPriceListResponse ToWire()
    {
        var reply = new ImportPriceListResponse
        {
            FileFormat = (PriceListFileFormat)Format, Rows = Rows, Prefixes = Parts.Count > 0 ? Parts[0].Content.Entries.Count : Prefixes,
            ErrorCount = ErrorCount, NoteCount = NoteCount, Mapping = Mapping,
        };
        reply.Errors.AddRange(Errors.Select(ToWire));
        reply.Notes.AddRange(Notes.Select(ToWire));
        reply.AreaAssignments.AddRange(Areas);
        return reply;
    }

    private static ImportRemark ToWire(PriceListRemark remark) =>
        new() { Line = remark.Line, Column = remark.Column, Value = remark.Value, Reason = remark.Reason };
}
