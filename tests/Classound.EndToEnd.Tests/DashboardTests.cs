using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Classound.EndToEnd.Tests.Telemetry;
using Classound.Silo;

namespace Classound.EndToEnd.Tests;

/// <summary>Orleans' dashboard of a running silo: for whoever has the password, on the operations port, and nowhere else.</summary>
public sealed class DashboardTests
{
    private const string Password = "correct horse: battery";

    private static readonly Dictionary<string, string> On = new() { ["DashboardPassword"] = Password };

    [Fact]
    public async Task RightPassword_SeesTheSiloAndItsGrains_AndNobodyElseAnything()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await SiloProcess.Start(folder.Path, On);
        using var channel = silo.Connect();
        await new SampleOperator(channel).ProvisionPrices();
        foreach (var page in (string[])["/dashboard", "/dashboard/", "/dashboard/index.min.js", "/dashboard/DashboardCounters", "/DASHBOARD/Trace"])
        {
            using var unknown = await Get(silo, page);
            Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
            Assert.StartsWith("Basic realm=", unknown.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            Assert.Equal("", await unknown.Content.ReadAsStringAsync());
        }
        using var wrong = await Get(silo, "/dashboard/", Password[1..]);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);

        using var right = await Get(silo, "/dashboard/", Password);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("index.min.js", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var counters = await Get(silo, "/dashboard/DashboardCounters", Password);
        var cluster = JsonDocument.Parse(await counters.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("Active", Assert.Single(cluster.GetProperty("hosts").EnumerateArray()).GetProperty("status").GetString());
        Assert.Contains(
            cluster.GetProperty("simpleGrainStats").EnumerateArray(),
            grain => grain.GetProperty("grainType").GetString()!.EndsWith("CatalogueGrain", StringComparison.Ordinal));
        // What grains hold, and the log, are not its business.
        using var state = await Get(silo, "/dashboard/GrainState/?grainId=+39061234567&grainType=Classound.Grains.Dids.DidGrain", Password);
        using var log = await Get(silo, "/dashboard/Trace", Password);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (state.StatusCode, log.StatusCode));
        Assert.Equal(1, (await Metrics.Scrape(silo)).Value("classound_dashboard_refused_total", "reason=\"password\""));
        Assert.Contains("A wrong password for the dashboard came from 127.0.0.1", silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnThePortThatEdgesReach_ThereIsNone()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await SiloProcess.Start(folder.Path, On);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, silo.Address + "/dashboard/")
        {
            Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Headers = { Authorization = Basic(Password) },
        };
        using var reply = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task WithoutAPassword_ThereIsNone()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await SiloProcess.Start(folder.Path);
        foreach (var page in (string[])["/dashboard", "/dashboard/", "/dashboard/DashboardCounters"])
        {
            using var reply = await Get(silo, page, Password);
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        }
        Assert.DoesNotContain((await Metrics.Scrape(silo)).Names, name => name.StartsWith("classound_dashboard", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guessing_IsLimited_AndTheRightPasswordWaitsToo()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await SiloProcess.Start(folder.Path, On);
        for (var guess = 0; guess < DashboardAccess.WrongPasswords; guess++)
        {
            using var wrong = await Get(silo, "/dashboard/", $"guess {guess}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using var right = await Get(silo, "/dashboard/", Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.InRange(right.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), DashboardAccess.Window);
        Assert.Equal(1, (await Metrics.Scrape(silo)).Value("classound_dashboard_refused_total", "reason=\"limit\""));
    }

    private static async Task<HttpResponseMessage> Get(SiloProcess silo, string page, string? password = null)
    {
        using var client = new HttpClient { BaseAddress = silo.Operations };
        if (password is not null) client.DefaultRequestHeaders.Authorization = Basic(password);
        return await client.GetAsync(new Uri(page, UriKind.Relative));
    }

    private static AuthenticationHeaderValue Basic(string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + password)));
}
