using System.Globalization;
using System.Text;
using Classound.Api.Validation;
using Classound.Charging.Rating;
using Classound.PriceLists;
using Classound.PriceLists.Decks;
using Classound.PriceLists.Tables;
using Grpc.Core;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Decks between the wire and their reader. Options only after <see cref="DeckFields"/> has passed them.</summary>
internal static class DeckMapper
{
    private const int ShownFaults = 10;

    public static DeckOptions Parse(
        Wire.DeckOptions deck, AreaRules areas, PriceListFacts header, PriceListRules rules, DateTimeOffset reference, PriceListContent? deckBase) => new()
        {
            ReferenceTime = reference,
            TimeZoneId = header.TimeZoneId,
            Currency = header.Currency,
            Columns = [.. deck.Columns.Select(column => new DeckColumnChoice((DeckTarget)column.Target, column.Column))],
            Sheet = deck.Sheet.Length == 0 ? null : deck.Sheet,
            DecimalSeparator = deck.DecimalSeparator switch
            {
                Wire.DecimalSeparator.Point => '.',
                Wire.DecimalSeparator.Comma => ',',
                _ => null,
            },
            DateOrder = deck.DateOrder == Wire.DateOrder.Unspecified ? null : (DateOrder)deck.DateOrder,
            CodeLists = deck.CodeLists == Wire.DeckCodeLists.Unspecified ? null : (DeckCodeLists)deck.CodeLists,
            Increments = DeckFields.ParseIncrements(deck.Increments) is { } given ? new DeckIncrements(given.First, given.Next) : null,
            InternationalPrefix = deck.InternationalPrefix.Length == 0 ? null : deck.InternationalPrefix,
            AreaRules = areas,
            DefaultArea = deck.DefaultArea == 0 ? null : (CallArea)deck.DefaultArea,
            Base = deckBase,
            Rules = rules,
        };

    /// <exception cref="RpcException">INVALID_ARGUMENT: the area table has errors.</exception>
    public static AreaRules Areas(Wire.DeckOptions? deck) =>
        deck is null ? AreaRules.None : new AreaRules([.. TableRules(deck.AreaTable), .. deck.AreaRules.Select(Rule)]);

    public static Wire.DeckMapping? ToWire(DeckMapping? mapping)
    {
        if (mapping is null) return null;
        var reply = new Wire.DeckMapping
        {
            Sheet = mapping.Sheet, HeaderLine = mapping.HeaderLine, Increments = mapping.Increments.ToString(),
            InternationalPrefix = mapping.InternationalPrefix, DateOrder = (Wire.DateOrder)(mapping.DateOrder ?? 0),
            DecimalSeparator = mapping.DecimalSeparator == ',' ? Wire.DecimalSeparator.Comma : Wire.DecimalSeparator.Point,
            CodeLists = (Wire.DeckCodeLists)mapping.CodeLists,
        };
        reply.Columns.AddRange(mapping.Columns.Select(column => new Wire.DeckMappedColumn
        {
            Target = (Wire.DeckTarget)column.Target, Heading = column.Heading, Number = column.Number, Sample = column.Sample, Given = column.Given,
        }));
        reply.Facts.AddRange(mapping.Facts.Select(fact => new Wire.DeckFact { Line = fact.Line, Name = fact.Name, Value = fact.Value }));
        reply.IgnoredColumns.AddRange(mapping.Ignored);
        return reply;
    }

    public static Wire.DeckAreaAssignment ToWire(DeckAreaAssignment row) =>
        new() { Country = row.Country, Area = (int)row.Area, Rule = row.Rule, Prefixes = row.Prefixes };

    private static AreaRule Rule(Wire.DeckAreaRule rule) => new(rule.Country, rule.Destination, (CallArea)rule.Area, rule.HighCost);

    private static IEnumerable<AreaRule> TableRules(string table)
    {
        if (table.Length == 0) return [];
        var errors = new RemarkLog();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(table), writable: false);
        var rules = AreaRules.Read(content, TableFormat.Csv, errors);
        if (errors.Count == 0) return rules.All;
        var violations = new FieldViolations { Within = "header.deck." };
        foreach (var error in errors.First.Take(ShownFaults))
            violations.Add("area_table", string.Create(CultureInfo.InvariantCulture, $"line {error.Line}, {error.Column} \"{error.Value}\": {error.Reason}."));
        throw violations.ToException();
    }
}
