using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.Collections;

namespace Classound.Cli.Commands;

/// <summary>What an import came to, for people: first what was understood, then what changes, then what is wrong.</summary>
internal sealed class ImportReport(CliOutput output, ImportPriceListHeader header, ImportPriceListResponse reply, bool all)
{
    private const int Shown = 20;

    public void Show()
    {
        output.Facts(
            ("format", Words.Of(reply.FileFormat)), ("rows", Words.Of(reply.Rows)), ("prefixes", Words.Of(reply.Prefixes)),
            ("errors", Words.Of(reply.ErrorCount)), ("notes", Words.Of(reply.NoteCount)));
        if (reply.Mapping is { } mapping) Mapping(mapping);
        Areas();
        foreach (var version in reply.Versions) Version(version);
        Remarks("note", reply.Notes, reply.NoteCount);
        Remarks("error", reply.Errors, reply.ErrorCount);
        Outcome();
    }

    private void Mapping(DeckMapping mapping)
    {
        var sheet = mapping.Sheet.Length == 0 ? "" : $"sheet {mapping.Sheet}, ";
        output.TableIfAny($"Columns ({sheet}headings in line {Words.Of(mapping.HeaderLine)})", ["taken for", "#column", "heading", "first value", ""],
            mapping.Columns.Select(static column => new[]
            {
                Name(Words.Of(column.Target)), Words.Of(column.Number), column.Heading, column.Sample, column.Given ? "as given" : "",
            }));
        output.Facts(
            ("decimal separator", mapping.DecimalSeparator == DecimalSeparator.Unspecified ? "" : Name(Words.Of(mapping.DecimalSeparator))),
            ("dates", mapping.DateOrder == DateOrder.Unspecified ? "" : Name(Words.Of(mapping.DateOrder)).Replace('-', ' ')),
            ("lists of codes", mapping.CodeLists == DeckCodeLists.Unspecified ? "" : Name(Words.Of(mapping.CodeLists))),
            ("increments of rows without their own", mapping.Increments), ("taken off every code", mapping.InternationalPrefix),
            ("columns not used", string.Join(", ", mapping.IgnoredColumns)));
        output.TableIfAny("The deck says of itself", ["#line", "what", "value"],
            Some(mapping.Facts).Select(static fact => new[] { Words.Of(fact.Line), fact.Name, fact.Value }));
        More(mapping.Facts.Count);
    }

    private void Areas()
    {
        output.TableIfAny("Areas", ["country", "area", "#prefixes", "by"], Some(reply.AreaAssignments).Select(static row => new[]
        {
            row.Country.Length == 0 ? "(none)" : row.Country, row.Area == 0 ? "none" : $"Area {Words.Of(row.Area)}",
            Words.Of(row.Prefixes), row.Rule,
        }));
        More(reply.AreaAssignments.Count);
    }

    private void Version(ImportedVersion version)
    {
        var from = version.EffectiveTime is { } time ? $"from {Words.Of(time)}" : "without an effective time";
        var number = version.Version == 0 ? "" : $" is version {Words.Of(version.Version)}";
        output.Line("");
        output.Line($"{header.PriceListType} {from}{number}: {Words.Of(version.Prefixes)} prefixes");
        if (version.Changes is not { } report) return;
        var against = report.ComparedWithVersion > 0 ? $"Against version {Words.Of(report.ComparedWithVersion)}"
            : version == reply.Versions[0] ? "There is nothing to compare with"
            : "Against the version before";
        output.Line($"{against}: {PriceChangeView.Counts(report.Counts)}");
        PriceChangeView.Table(output, Some(report.Changes));
        More(report.Counts.Added + report.Counts.Changed + report.Counts.Removed, report.Changes.Count);
    }

    private void Remarks(string kind, RepeatedField<ImportRemark> remarks, int count)
    {
        if (remarks.Count > 0) output.Line("");
        foreach (var remark in Some(remarks)) output.Line($"{kind}, {Place(remark)}");
        More(count, remarks.Count);
    }

    private void Outcome()
    {
        output.Line("");
        if (reply.ErrorCount > 0)
        {
            output.Line("Nothing was imported.");
            if (reply.Mapping is null && header.Deck is null)
                output.Line("If the file is another operator's rate deck, add --deck: see classound price-list import --help");
        }
        else if (reply.PriceList is { } list)
        {
            output.Line(reply.Repeated ? "It had been imported before:" : "Imported:");
            PriceListView.Facts(output, list);
        }
        else
        {
            output.Line("It can be imported. Nothing was changed.");
        }
    }

    private IEnumerable<T> Some<T>(IReadOnlyCollection<T> rows) => all ? rows : rows.Take(Shown);

    /// <param name="count">How many there are.</param>
    /// <param name="given">How many of them the service listed.</param>
    private void More(int count, int? given = null)
    {
        var shown = all ? given ?? count : Math.Min(Shown, given ?? count);
        var hint = !all && (given ?? count) > Shown ? "; --all shows them" : "";
        if (count > shown) output.Line($"... and {Words.Of(count - shown)} more{hint}");
    }

    private static string Name(string word) => word.ToLowerInvariant().Replace('_', '-');

    private static string Place(ImportRemark remark)
    {
        var value = remark.Value.Length == 0 ? "" : $", value \"{remark.Value}\"";
        var column = remark.Column.Length == 0 ? value : $", column {remark.Column}, value \"{remark.Value}\"";
        return (remark.Line == 0 ? "file" : $"line {Words.Of(remark.Line)}") + $"{column}: {remark.Reason}";
    }
}
