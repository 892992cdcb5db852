using System.Globalization;
using Classound.Charging.Rating;
using Classound.PriceLists.Decks;

namespace Classound.PriceLists.Tests.Decks;

public sealed class DeckPartsTests
{
    private const string Header = "Prefix,Rate,Effective,Change\n";

    private static readonly PriceListContent Base = new(
        new Dictionary<CallArea, Tariff> { [CallArea.Area1] = At("0.5") },
        [new PriceListEntry("39", "IT", "Italy", CallArea.Area1, At("0.3"), false), new PriceListEntry("44", "GB", "UK", CallArea.Area1, null, false)]);

    [Fact]
    public void SuccessivePrices_MakeSuccessiveVersions() => Assert.Equal(
        ["now 39=0.02", "2026-10-01 39=0.03", "2026-11-01 39=0.04"],
        Versions(Header + "39,0.04,2026-11-01,\n39,0.01,2026-01-01,\n39,0.03,2026-10-01,\n39,0.02,2026-09-16,\n"));

    [Fact]
    public void PriceOfTheBase_StaysUntilTheRowsDate() => Assert.Equal(
        ["now 33=0.01 39=0.3", "2026-10-01 33=0.01 39=0.04"],
        Versions(Header + "39,0.04,2026-10-01,Increase\n33,0.01,,\n", Base));

    [Fact]
    public void WithoutABase_ALaterRowIsNotThereBeforeItsDate() => Assert.Equal(
        ["now 33=0.01", "2026-10-01 33=0.01 39=0.04"], Versions(Header + "39,0.04,2026-10-01,Increase\n33,0.01,,\n"));

    [Fact]
    public void ClosedRows_VanishFromTheirDateOn() => Assert.Equal(
        ["now 33=0.01 39=0.3", "2026-10-01 33=0.01"],
        Versions(Header + "39,0.04,2026-10-01,Closed\n33,0.01,,\n44,,2026-09-01,withdrawn\n", Base));

    [Fact]
    public void DeckOfLaterDatesOnly_LeavesNowAlone() => Assert.Equal(
        ["2026-10-01 39=0.04"], Versions(Header + "39,0.04,2026-10-01,\n", Base));

    [Fact]
    public void WhatADeckDoesNotSpeakOf_IsOfTheBase()
    {
        var part = Assert.Single(DeckText.Read(Header + "33,0.01,,\n", DeckText.Options with { Base = Base }).Parts);

        Assert.Equal(Base.AreaTariffs, part.Content.AreaTariffs);
    }

    [Fact]
    public void DatesBeginInTheListsZone_AndAfterASkippedMidnight()
    {
        // In Beirut clocks go from 23:59:59 to 01:00 on 28 March 2027.
        var result = DeckText.Read(Header + "39,0.04,2026-12-01,\n33,0.04,2027-03-28,\n", DeckText.Options with { TimeZoneId = "Asia/Beirut" });

        Assert.Equal(
            ["2026-12-01T00:00:00+02:00", "2027-03-28T01:00:00+03:00"],
            result.Parts.Select(part => part.ValidFrom!.Value.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void DateAboveTheHeadings_HoldsForRowsWithoutOne() => Assert.Equal(
        ["2026-10-01 39=0.04"], Versions("Effective date:,2026-10-01\nPrefix,Rate\n39,0.04\n"));

    [Fact]
    public void VeryManyDates_AreRefused()
    {
        var rows = Enumerable.Range(1, 100).Select(day =>
            string.Create(CultureInfo.InvariantCulture, $"39,0.{day:000},{DeckText.Now.AddDays(day):yyyy-MM-dd},\n"));

        Assert.StartsWith("100 different dates", DeckText.Read(Header + string.Concat(rows)).Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void VersionWithoutPrices_IsRefused() =>
        Assert.Contains("no price would be in force", DeckText.Read(Header + "39,0.04,2026-01-01,Closed\n").Reason(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Discontinued", "1", true)]
    [InlineData("Discontinued", "0", false)]
    [InlineData("Status", "1", false)]
    [InlineData("Status", "Code Deleted", true)]
    [InlineData("Status", "not closed", false)]
    [InlineData("Status", "Disclosed", false)]
    public void Closing_IsSaidInManyWays(string heading, string text, bool closed) =>
        Assert.Equal(closed, DeckText.Read($"Prefix,Rate,{heading}\n39,0.01,{text}\n33,0.01,\n").Prices[1].Closed);

    [Fact]
    public void EndedRow_HasNoPriceAndIsNoted()
    {
        const string Deck = "Prefix,Rate,Valid From,Valid To\n39,0.01,2026-01-01,2026-09-15\n33,0.02,2026-01-01,\n";

        Assert.Equal(["now 33=0.02"], Versions(Deck, Base));
        var note = Assert.Single(DeckText.Read(Deck).Notes);
        Assert.Equal((2, "has ended, at 2026-09-16 00:00: no price"), (note.Line, note.Reason));
    }

    [Theory]
    [InlineData("Valid To", "2026-09-30", "2026-10-01")]
    [InlineData("Valid until", "30/09/2026", "2026-10-01")]
    [InlineData("End Date", "46295", "2026-10-01")]
    [InlineData("Expires", "2026-09-30 23:59:59", "2026-10-01")]
    [InlineData("effective to", "2026-10-01 00:00:00", "2026-10-01")]
    [InlineData("Closing date", "2026-10-01", "2026-10-01")]
    public void EndAhead_GivesAVersionWithoutTheRow(string heading, string end, string from) => Assert.Equal(
        ["now 33=0.02 39=0.01", $"{from} 33=0.02"], Versions($"Prefix,Rate,{heading}\n39,0.01,{end}\n33,0.02,\n", Base));

    [Fact]
    public void SuccessorOfAnEndingPrice_FollowsWithoutAGap() => Assert.Equal(
        ["now 39=0.01", "2026-10-01 39=0.02", "2026-11-01 39=0.01"],
        Versions("Prefix,Rate,From,To\n39,0.01,2026-01-01,\n39,0.02,2026-10-01,2026-10-31\n39,0.09,2026-02-01,2026-02-28\n"));

    [Fact]
    public void PastRows_AreNoDuplicates() => Assert.Equal(
        ["now 39=0.03"],
        Versions("Prefix,Rate,End date\n39,0.01,2025-01-01\n39,0.02,2026-01-01\n39,0.03,\n"));

    [Fact]
    public void ClosedRowWithAnEnd_IsWithdrawnThen() => Assert.Equal(
        ["now 33=0.02 39=0.3", "2026-10-01 33=0.02"],
        Versions("Prefix,Rate,Effective,End date,Change\n39,0.01,2020-01-01,2026-09-30,Closed\n33,0.02,,,\n", Base));

    [Theory]
    [InlineData("2099-12-31", 1)]
    [InlineData("9999-12-31", 1)]
    [InlineData("open", 0)]
    [InlineData("Until further notice", 0)]
    [InlineData("", 0)]
    public void EndThatIsNone_MakesNoVersion(string end, int notes)
    {
        var result = DeckText.Read($"Prefix,Rate,End date\n39,0.01,{end}\n33,0.02,2026-09-30\n", DeckText.Options with { TimeZoneId = "America/New_York" });

        Assert.Equal((2, notes), (result.Parts.Count, result.NoteCount));
        Assert.Equal(["39 0.01/60+1"], result.Entries(1));
    }

    [Theory]
    [InlineData("39,0.01,2026-10-01,2026-09-30", "3 To 2026-09-30", "before it begins")]
    [InlineData("39,0.01,2026-01-01,some day", "3 To some day", "the date of an end")]
    [InlineData("39,0.01,2026-01-01,01/10/2026", "3 To 01/10/2026", "--date-order")]
    public void WrongEnd_IsRefused(string row, string place, string reason)
    {
        var result = DeckText.Read($"Prefix,Rate,From,To\n33,0.01,,\n{row}\n");

        Assert.Equal([place], result.Places());
        Assert.Contains(reason, result.Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void DeckThatEndsAsAWhole_IsRefusedUnlessTheEndIsPassedOver()
    {
        const string Deck = "Prefix,Rate,Valid to\n39,0.01,2026-12-31\n33,0.02,2026-12-31\n";
        var passedOver = DeckText.Options with { Columns = [new DeckColumnChoice(DeckTarget.ValidUntil, DeckColumnChoice.None)] };

        Assert.Contains("valid-until=-", DeckText.Read(Deck).Reason(), StringComparison.Ordinal);
        Assert.Single(DeckText.Read(Deck, passedOver).Parts);
    }

    [Theory]
    [InlineData("2026-12-31", "stay until another version")]
    [InlineData("2026-09-01", "has ended")]
    public void EndAboveTheHeadings_IsNotedOrRefused(string end, string said)
    {
        var result = DeckText.Read($"Valid until:,{end}\nPrefix,Rate\n39,0.01\n");

        Assert.Contains(said, Assert.Single(result.Errors.Concat(result.Notes)).Reason, StringComparison.Ordinal);
        Assert.Equal(said == "has ended" ? 0 : 1, result.Parts.Count);
    }

    private static string[] Versions(string deck, PriceListContent? basis = null)
    {
        var result = DeckText.Read(deck, DeckText.Options with { Base = basis });
        Assert.Empty(result.Errors);
        return
        [
            .. result.Parts.Select(part => (part.ValidFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "now") + " " + string.Join(
                ' ', part.Content.Entries.Select(entry => $"{entry.Prefix}={entry.OwnTariff!.Steps[0].Price}"))),
        ];
    }

    private static Tariff At(string price)
    {
        Assert.True(Amount.TryParse(price, out var amount));
        return Tariff.Create(Amount.Zero, 0, [new TariffStep(0, amount, 60, 1)]);
    }
}
