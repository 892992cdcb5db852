using System.Globalization;
using System.Text.Json;
using Classound.Cli.Commands;
using Classound.Cli.Connection;

namespace Classound.EndToEnd.Tests;

/// <summary>Price lists as an operator handles them: the command line, the real host, real decks of other operators.</summary>
public sealed class PriceListTests(PriceListHost host) : IClassFixture<PriceListHost>
{

    [SkippableFact]
    public async Task Airtel_HasAllItsCodes_AndNoPriceBeforeItsDate()
    {
        var file = Deck("airtel_wholesale_gold_2023-05_pricing.csv");
        var report = await ImportAsync(file, "AIRTEL", "USD", "--effective", "2023-05-12", "--default-area", "6", "--allow-other-increments");

        Assert.Equal(18_254, report.GetProperty("rows").GetInt32());
        var versions = report.GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal([17_988, 18_253, 18_254], versions.Select(version => version.GetProperty("prefixes").GetInt32()));
        // 79407 is valid from 2023-06-20 only: before that the shorter prefix applies.
        Assert.Equal(("7940", "205000000"), await LookupAsync("AIRTEL", "+79407123456", "2023-06-19T23:59:59Z"));
        Assert.Equal(("79407", "300000000"), await LookupAsync("AIRTEL", "+79407123456", "2023-06-20"));
        var export = Path.Combine(host.Folder, "airtel.csv");
        Assert.Equal(0, (await RunAsync(
            "price-list", "export", "AIRTEL", "--version-number", versions.Count.ToString(CultureInfo.InvariantCulture), "--out", export)).Code);
        Assert.Equal(18_254, System.IO.File.ReadLines(export).Count(line => line.StartsWith("prefix,", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task DecimalCommas_AreRead()
    {
        var file = Deck("asterisell_international_rates_decimalcomma.csv");
        await ImportAsync(file, "COMMA", "EUR", "--effective", "2020-01-01", "--default-area", "6");
        Assert.Equal(("88299", "1998900000"), await LookupAsync("COMMA", "882991", "2026-11-01"));
    }

    [SkippableFact]
    public async Task MessyNotice_ComesToWhatIsExpected()
    {
        var file = Deck("tcxc_acme_rate_notice_messy.csv");
        var report = await ImportAsync(
            file, "MESSY", "USD", "--effective", "2026-09-16", "--default-area", "6", "--allow-other-increments", "--date-order", "dmy");
        var last = report.GetProperty("versions").GetArrayLength();
        var export = Path.Combine(host.Folder, "messy.csv");
        Assert.Equal(0, (await RunAsync(
            "price-list", "export", "MESSY", "--version-number", last.ToString(CultureInfo.InvariantCulture), "--out", export)).Code);

        // Discontinued ones are gone in the last version.
        var expected = System.IO.File.ReadLines(Deck("tcxc_acme_rate_notice_expected.csv")).Skip(1).Select(line => line.Split(','))
            .Where(cells => cells[6] == "0").Select(cells => cells[2]).Order(StringComparer.Ordinal);
        var lines = System.IO.File.ReadLines(export).ToList();
        var column = Array.IndexOf(lines.First(line => line.StartsWith("kind,", StringComparison.Ordinal)).Split(','), "prefix");
        var actual = lines.Where(line => line.StartsWith("prefix,", StringComparison.Ordinal)).Select(line => line.Split(',')[column]);
        Assert.Equal(expected, actual.Order(StringComparer.Ordinal));
        Assert.Equal(("49", "7800000"), await LookupAsync("MESSY", "49152", "2026-09-22"));
        Assert.Equal(("49152", "49500000"), await LookupAsync("MESSY", "49152", "2026-09-23"));
        Assert.Equal(ExitCodes.Failed, (await RunAsync("price-list", "lookup", "MESSY", "234805", "--at", "2026-09-20")).Code);
    }

    [SkippableFact]
    public async Task NamesWithoutPrefixes_AreRefusedWithTheReason()
    {
        var file = Deck("interconn_it_names_only.csv");
        var (code, text, _) = await RunAsync(
            "price-list", "import", file, "--type", "NAMES", "--currency", "EUR", "--time-zone", "Europe/Rome", "--deck", "--default-area", "6");
        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("prefix", text, StringComparison.Ordinal);
        Assert.Contains("Nothing was imported.", text, StringComparison.Ordinal);
    }

    private static string Deck(string name) => SharedData.File("data", "decks", name);

    private async Task<JsonElement> ImportAsync(string file, string type, string currency, params string[] options)
    {
        var (code, text, errors) = await RunAsync(
            ["price-list", "import", file, "--type", type, "--currency", currency, "--time-zone", "Etc/UTC", "--deck", "--json", .. options]);
        Assert.True(code == 0, text[..Math.Min(text.Length, 5_000)] + errors);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<(string Prefix, string Nanos)> LookupAsync(string type, string number, string at)
    {
        var (_, text, errors) = await RunAsync("price-list", "lookup", type, number, "--at", at, "--json");
        Assert.Empty(errors);
        var match = JsonDocument.Parse(text).RootElement.GetProperty("match");
        return (match.GetProperty("prefix").GetString()!, match.GetProperty("pricePerMinuteNanos").GetString()!);
    }

    private async Task<(int Code, string Out, string Errors)> RunAsync(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var surroundings = CliHost.OfProcess() with { Out = output, Errors = errors };
        var code = await CommandLine.RunAsync([.. arguments, "--server", host.Address], surroundings, default);
        return (code, output.ToString(), errors.ToString());
    }
}

/// <summary>One host for all of them: each has a list type of its own.</summary>
public sealed class PriceListHost : IAsyncLifetime
{
    private SiloProcess _silo = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("classound-lists-").FullName;

    public string Address => _silo.Address;

    public async Task InitializeAsync() => _silo = await SiloProcess.Start(Path.Combine(Folder, "data"));

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
