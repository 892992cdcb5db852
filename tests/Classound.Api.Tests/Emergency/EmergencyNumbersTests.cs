using System.Globalization;
using System.Text.RegularExpressions;
using Classound.Api.Emergency;
using PhoneNumbers;

namespace Classound.Api.Tests.Emergency;

public sealed class EmergencyNumbersTests
{
    private static readonly EmergencyNumbers Numbers = EmergencyNumbers.FromMetadata();

    // The library's metadata is newer than the public table; each of these was looked up in it.
    private static readonly string[] SinceTheTable = ["BW 111", "BW 112"];

    [Theory]
    [InlineData("112", "IT")]
    [InlineData("911", "US")]
    [InlineData("112", "US")]
    [InlineData("999", "GB")]
    [InlineData("000", "AU")]
    [InlineData("15", "FR")]
    [InlineData("01", "LT")]
    [InlineData("011", "LT")]
    [InlineData("10111", "NA")]
    public void NumberOfTheCountry_IsAnEmergency(string dialled, string country) => Assert.True(Numbers.Contains(dialled, country));

    [Theory]
    [InlineData("911", "IT")]
    [InlineData("999", "US")]
    [InlineData("9112", "US")] // begins with one: an extension, or a number we cannot know
    [InlineData("1120", "IT")]
    [InlineData("+112", "IT")]
    [InlineData("1 1 2", "IT")]
    [InlineData("١١٢", "IT")] // Arabic-Indic digits
    [InlineData("", "IT")]
    [InlineData("1", "LT")]
    [InlineData("+390612345678", "IT")]
    [InlineData("390612345678", "")]
    public void AnythingElse_IsNone(string dialled, string country) => Assert.False(Numbers.Contains(dialled, country));

    [Theory]
    [InlineData("")]
    [InlineData("GN")] // the metadata knows of no emergency number there
    [InlineData("ZZ")] // no such country
    [InlineData("it")]
    [InlineData("ITA")]
    public void UnknownCountry_AnyCountrysNumberCounts(string country)
    {
        Assert.True(Numbers.Contains("911", country));
        Assert.True(Numbers.Contains("999", country));
        Assert.True(Numbers.Contains("112", country));
        Assert.False(Numbers.Contains("4711", country));
    }

    [Fact]
    public void TwoAndThreeDigitsInEveryCountry_AgreesWithTheLibrary()
    {
        var library = ShortNumberInfo.GetInstance();
        var dialled = Candidates("2,3").Where(digits => digits.Length < 4).ToArray();
        var unknown = new List<string>();
        var regions = PhoneNumberUtil.GetInstance().GetSupportedRegions().ToArray();
        foreach (var region in regions)
        {
            var expected = dialled.Where(digits => library.IsEmergencyNumber(digits, region)).ToArray();
            if (expected.Length == 0) unknown.Add(region);
            else Assert.Equal(expected, dialled.Where(digits => Numbers.Contains(digits, region)));
        }

        // Territories without an entry (and Namibia, whose number has five digits): any country's number counts there.
        Assert.Contains("GN", unknown);
        Assert.True(unknown.Count < 20, string.Join(' ', unknown));
        Assert.True(regions.Length > 200);
    }

    [SkippableFact]
    public void PublicTable_EveryNumberOfItIsOneOfOurs_AndWeHaveLittleBeside()
    {
        var rows = File.ReadLines(SharedData.RequireFile("data", "numbering", "libphonenumber_short_numbers_by_region.csv")).Skip(1)
            .Select(Fields).Where(fields => fields[3].Length > 0).ToList();
        Assert.True(rows.Count > 200);
        var missing = new List<string>();
        var beside = new List<string>();
        foreach (var fields in rows)
        {
            var pattern = new Regex($"^(?:{fields[3]})$", RegexOptions.CultureInvariant | RegexOptions.Compiled);
            Assert.True(Numbers.Contains(fields[1], fields[0]), $"{fields[1]}, the example of {fields[0]}");
            foreach (var dialled in Candidates(fields[2]))
            {
                var (listed, ours) = (pattern.IsMatch(dialled), Numbers.Contains(dialled, fields[0]));
                if (listed && !ours) missing.Add($"{fields[0]} {dialled}");
                if (ours && !listed) beside.Add($"{fields[0]} {dialled}");
            }
        }

        Assert.Equal([], missing);
        Assert.Equal(SinceTheTable, beside);
    }

    [Fact]
    public void LookUp_AllocatesNothing()
    {
        Numbers.Contains("112", "IT");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Numbers.Contains("112", "IT");
            Numbers.Contains("+390612345678", "IT");
            Numbers.Contains("911", "");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // Every string of the lengths the table gives, and of one digit more: "[2-4]", "2,3,6", "3".
    private static IEnumerable<string> Candidates(string lengths)
    {
        var listed = Regex.Match(lengths, @"^\[(\d)-(\d)\]$") is { Success: true } range
            ? Enumerable.Range(Number(range.Groups[1].Value), Number(range.Groups[2].Value) - Number(range.Groups[1].Value) + 1)
            : lengths.Split(',').Select(Number);
        var wanted = listed.ToHashSet();
        if (wanted.Max() < 4) wanted.Add(wanted.Max() + 1);
        return wanted.SelectMany(length =>
            Enumerable.Range(
                0, (int)Math.Pow(10, length)).Select(code => code.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0')));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // The table quotes the fields that contain a comma.
    private static List<string> Fields(string line) =>
        [.. Regex.Matches(line, "(?:^|,)(?:\"([^\"]*)\"|([^,]*))").Select(field => field.Groups[1].Value + field.Groups[2].Value)];
}
