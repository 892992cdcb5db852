using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.PriceLists.Tests.OwnFormat;
using CsCheck;

namespace Classound.PriceLists.Tests.Diff;

public sealed class PriceListDiffTests
{
    private static readonly PriceListContent Before = new(
        new Dictionary<CallArea, Tariff> { [CallArea.Area1] = OwnSamples.Tariff60("0.01"), [CallArea.Area2] = OwnSamples.Tariff60("0.02") },
        [
            new("393", "IT", "Italy mobile", CallArea.Area1, Parse("0.05/60+60", "0.01", 30), false),
            new("39", "IT", "Italy", CallArea.Area1, null, false),
            new("33", "FR", "France", CallArea.Area2, null, false),
            new("34", "ES", "Spain", CallArea.Area2, null, false),
        ])
    {
        Plans = [new("FLAT-1m", PlanTerm.Month, AllowanceSharing.Pooled, 1000, [new(5, Units(10)), new(int.MaxValue, Units(9))])],
        DidFees = [new("IT", "mobile", Units(5), Units(2)), new("DE", "national", Units(5), Units(2))],
        FreePhoneFees = [new("US", Units(1), Units(2), Units(3), Units(4))],
    };

    [Fact]
    public void SameContent_HasNoDifference() => OwnSamples.Any.Sample(content => Assert.Empty(PriceListDiff.Between(content, content)), iter: 100);

    [Fact]
    public void RowsInAnotherOrder_AreNoDifference() => OwnSamples.Any.Sample(
        content => Assert.Empty(PriceListDiff.Between(content, content with
        {
            Entries = [.. content.Entries.Reverse()],
            Plans = [.. content.Plans.Reverse()],
            DidFees = [.. content.DidFees.Reverse()],
            FreePhoneFees = [.. content.FreePhoneFees.Reverse()],
        })),
        iter: 100);

    [Fact]
    public void ChangesAppliedToBefore_MakeAfter() => Gen.Select(OwnSamples.Any, OwnSamples.Any).Sample(
        (before, after) =>
        {
            var rows = Rows(before);
            foreach (var change in PriceListDiff.Between(before, after))
            {
                if (change.Before.Length > 0) Assert.True(rows.Remove((change.Part, change.Key)));
                if (change.After.Length > 0) rows.Add((change.Part, change.Key), change.After);
            }

            var expected = Rows(after);
            Assert.Equal(expected.Keys.Order(), rows.Keys.Order());
            // Every row that was not touched is the same in both.
            Assert.All(rows.Where(row => row.Value.Length == 0), row => Assert.True(Same(before, after, row.Key)));
        },
        iter: 200);

    [Fact]
    public void Lines_AreInOrder()
    {
        var after = Before with
        {
            AreaTariffs = new Dictionary<CallArea, Tariff> { [CallArea.Area1] = OwnSamples.Tariff60("0.01"), [CallArea.Area3] = OwnSamples.Tariff60("0.3") },
            Entries = [new("4", "", "x", CallArea.Area3, null, true), .. Before.Entries.Skip(1)],
            Plans = [],
            DidFees = [.. Before.DidFees.Skip(1), new("AT", "national", Units(1), Units(1))],
            FreePhoneFees = [new("US", Units(1), Units(2), Units(3), Units(5))],
        };

        Assert.Equal(
            [
                "Area Removed 2: 0.02/60+1 -> ",
                "Area Added 3:  -> 0.3/60+1",
                "Prefix Removed 393: area 1, 0.05/60+60, connect 0.01, minimum 30 s -> ",
                "Prefix Added 4:  -> area 3, high cost",
                "Plan Removed FLAT-1m: 1m, POOLED, 1000 minutes per user, users 1-5: 10, users 6 on: 9 -> ",
                "DidFee Added AT national:  -> setup 1, monthly 1",
                "DidFee Removed IT mobile: setup 5, monthly 2 -> ",
                "FreePhoneFee Changed US: monthly 1, fixed 2, mobile 3, payphone 4 -> monthly 1, fixed 2, mobile 3, payphone 5",
            ],
            PriceListDiff.Between(Before, after).Select(change => $"{change.Part} {change.Kind} {change.Key}: {change.Before} -> {change.After}"));
    }

    [Fact]
    public void PrefixWithoutOwnTariff_IsRaisedByItsAreasPrice()
    {
        var after = With(new PriceListEntry("39", "IT", "Italy", CallArea.Area2, null, false));

        var change = Assert.Single(PriceListDiff.Between(Before, after));

        Assert.Equal(("area 1", "area 2", true), (change.Before, change.After, change.IsRaised));
        Assert.Equal((Units(0.01m), Units(0.02m)), (change.PricePerMinuteBefore, change.PricePerMinuteAfter));
    }

    [Fact]
    public void RenamedPrefix_ShowsBothNames()
    {
        var change = Assert.Single(PriceListDiff.Between(Before, With(new PriceListEntry("39", "VA", "Vatican", CallArea.Area1, null, false))));

        Assert.Equal(("area 1, IT \"Italy\"", "area 1, VA \"Vatican\""), (change.Before, change.After));
        Assert.False(change.IsRaised || change.IsLowered);
    }

    [Fact]
    public void ChangedArea_SaysHowManyPrefixesItReprices()
    {
        var after = Before with
        {
            AreaTariffs = new Dictionary<CallArea, Tariff> { [CallArea.Area1] = OwnSamples.Tariff60("0.005"), [CallArea.Area2] = OwnSamples.Tariff60("0.03") },
        };

        var changes = PriceListDiff.Summarize(Before, after, listed: 1);

        Assert.Equal((0, 2, 0), (changes.Added, changes.Changed, changes.Removed));
        Assert.Equal((1, 1, 3), (changes.Raised, changes.Lowered, changes.RepricedByArea));
        Assert.Equal(("1", 1), (Assert.Single(changes.First).Key, changes.First[0].Prefixes));
    }

    [Fact]
    public void FirstRows_AreListedOfEachKind()
    {
        var after = Before with
        {
            Entries = [.. Before.Entries.Take(2), new("41", "CH", "a", CallArea.Area1, null, false), new("42", "", "b", CallArea.Area1, null, false)],
        };

        var changes = PriceListDiff.Summarize(Before, after, listed: 1);

        Assert.Equal((2, 0, 2), (changes.Added, changes.Changed, changes.Removed));
        Assert.Equal(["33", "41"], changes.First.Select(change => change.Key));
    }

    private static PriceListContent With(PriceListEntry italy) =>
        Before with { Entries = [.. Before.Entries.Where(entry => entry.Prefix != italy.Prefix), italy] };

    // Key of each row; its text comes from changes.
    private static Dictionary<(PriceListPart, string), string> Rows(PriceListContent content) => content.AreaTariffs
        .Select(row => (PriceListPart.Area, $"{(int)row.Key}"))
        .Concat(content.Entries.Select(entry => (PriceListPart.Prefix, entry.Prefix)))
        .Concat(content.Plans.Select(plan => (PriceListPart.Plan, plan.Code)))
        .Concat(content.DidFees.Select(fee => (PriceListPart.DidFee, $"{fee.Country} {fee.Kind}")))
        .Concat(content.FreePhoneFees.Select(fee => (PriceListPart.FreePhoneFee, fee.Country)))
        .ToDictionary(key => key, _ => "");

    private static bool Same(PriceListContent before, PriceListContent after, (PriceListPart Part, string Key) row) => row.Part switch
    {
        PriceListPart.Area => before.AreaTariffs[(CallArea)(row.Key[0] - '0')].Equals(after.AreaTariffs[(CallArea)(row.Key[0] - '0')]),
        PriceListPart.Prefix => before.Entries.Single(e => e.Prefix == row.Key) == after.Entries.Single(e => e.Prefix == row.Key),
        PriceListPart.Plan => before.Plans.Single(p => p.Code == row.Key) == after.Plans.Single(p => p.Code == row.Key),
        PriceListPart.DidFee => before.DidFees.Single(f => $"{f.Country} {f.Kind}" == row.Key) == after.DidFees.Single(f => $"{f.Country} {f.Kind}" == row.Key),
        _ => before.FreePhoneFees.Single(f => f.Country == row.Key) == after.FreePhoneFees.Single(f => f.Country == row.Key),
    };

    private static Tariff Parse(string steps, string fee, int minimum) =>
        Tariff.TryParseSteps(steps, out var parsed, out _) && Amount.TryParse(fee, out var connect)
            ? Tariff.Create(connect, minimum, parsed) : throw new ArgumentException(steps);

    private static Amount Units(decimal units) => new((long)(units * 1_000_000_000));
}
