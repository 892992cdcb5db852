using Classound.Charging.Allowances;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Tests.OwnFormat;

/// <summary>The price list of the demo is a file like any other, and must stay importable.</summary>
public sealed class SamplePriceListTests
{
    // Saint Barthelemy and Saint Martin share +590, South Georgia +500, Pitcairn +64; the others have no telephone of their own.
    private static readonly string[] WithoutPrefix = ["BL", "BV", "GS", "HM", "MF", "PN", "TF", "UM"];

    private static readonly PriceListReadResult Sample = PriceListText.ReadFile(File.ReadAllText(FindFile()));

    [Fact]
    public void SampleList_IsReadWithoutErrorsOrNotes()
    {
        Assert.Empty(Sample.Errors);
        Assert.Empty(Sample.Notes);
        Assert.Equal(6, Sample.Content!.AreaTariffs.Count);
    }

    [Fact]
    public void SampleList_HasAPrefixOfEveryCountry()
    {
        var covered = Sample.Content!.Entries.Select(entry => entry.Country).Where(country => country.Length > 0).Distinct().Count();

        Assert.Equal(CountryCodes.Count - WithoutPrefix.Length, covered);
        Assert.DoesNotContain(Sample.Content.Entries, entry => WithoutPrefix.Contains(entry.Country));
    }

    [Fact]
    public void SampleList_HasAPlanOfEachSharingWithoutGaps()
    {
        Assert.Equal(
            [("CLASSOUND-FLAT-1m", AllowanceSharing.Pooled), ("CLASSOUND-FLAT-USER-1m", AllowanceSharing.PerUser)],
            Sample.Content!.Plans.Where(plan => plan.Term == PlanTerm.Month).Select(plan => (plan.Code, plan.Sharing)));
        Assert.All(Sample.Content.Plans, plan => Assert.Equal(
            (3000, "5 20 2147483647"), (plan.MinutesPerUser, string.Join(' ', plan.Bands.Select(band => band.MaxUsers)))));
        Assert.All(Enum.GetValues<PlanTerm>(), term => Assert.Contains(Sample.Content.Plans, plan => plan.Term == term));
    }

    [Fact]
    public void SampleList_HasFeesOfNumbersAndOfFreePhone()
    {
        Assert.Contains(Sample.Content!.DidFees, fee => fee.Country == "IT");
        Assert.Contains(Sample.Content.FreePhoneFees, fee => fee.Country == "IT" && fee.Payphone > fee.Fixed);
    }

    [Fact]
    public void SampleList_SaysThatItIsInvented() =>
        Assert.StartsWith("# INVENTED", File.ReadLines(FindFile()).First(), StringComparison.Ordinal);

    [Theory]
    [InlineData("+390612345678", "39", CallArea.Area1, false, false)]
    [InlineData("+393331234567", "393", CallArea.Area1, true, false)]
    [InlineData("+390669812345", "3906698", CallArea.Area1, false, false)]
    [InlineData("+12125550123", "1", CallArea.Area1, false, false)]
    [InlineData("+12423221234", "1242", CallArea.Area4, false, false)]
    [InlineData("+77272501234", "77", CallArea.Area3, false, false)]
    [InlineData("+79161234567", "79", CallArea.Area2, true, false)]
    [InlineData("+881612345678", "8816", CallArea.Area6, true, true)]
    public void SampleList_PricesTheLongestPrefix(string number, string prefix, CallArea area, bool ownTariff, bool highCost)
    {
        Assert.Equal(NumberForm.E164, E164Number.Parse(number, out var called));

        var entry = PrefixTable.Build(Sample.Content!.Entries).Match(called)!.Value;

        Assert.Equal((prefix, area, ownTariff, highCost), (entry.Prefix, entry.Area, entry.OwnTariff is not null, entry.HighCost));
    }

    private static string FindFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Classound.Grains.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the repository was not found above the tests");
        return Path.Combine(folder.FullName, "src", "Classound.Silo", "Demo", "sample-price-list.csv");
    }
}
