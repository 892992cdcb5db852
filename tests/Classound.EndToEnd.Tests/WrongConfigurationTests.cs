using Classound.Silo;

namespace Classound.EndToEnd.Tests;

/// <summary>A wrong configuration stops the start with one line that names the key, and says what is expected.</summary>
public sealed class WrongConfigurationTests
{
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Store=redis", "Classound:Redis is missing", "expected host:port" },
        { "Store=mysql", "Classound:Store is 'mysql'", "expected sqlite or redis" },
        { "Stroe=redis", "Classound:Stroe is no option", "expected one of DataFolder" },
        { "OtlpEndpoint=collector:4317", "Classound:OtlpEndpoint is 'collector:4317'", "expected a URL" },
        { "LogFormat=xml", "Classound:LogFormat is 'xml'", "expected text or json" },
        { "Role=backoffice", "Classound:Role is 'backoffice'", "expected silo or back-office" },
        { "Role=back-office", "Classound:Role is back-office, but Store is sqlite", "silos" },
        { "Services=calls,invoices", "Classound:Services has 'invoices'", "calls, rating, provisioning, billing" },
        { "DashboardPassword=fifteen letters", "Classound:DashboardPassword has 15 characters", "expected 16 to 256" },
        { "AdvertisedAddress=10.0.0.7", "Classound:AdvertisedAddress is given, but Store is sqlite", "--store redis" },
        { "Partitions=0", "Classound:Partitions is 0", "expected 1 to 4096" },
        { "GrpcPort=http", "Classound:GrpcPort", "http" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task WrongSetting_IsOneLine(string setting, string names, string expects)
    {
        using var folder = new TemporaryFolder();
        var (key, value) = (setting[..setting.IndexOf('=', StringComparison.Ordinal)], setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SiloProcess.Start(folder.Path, new Dictionary<string, string> { [key] = value }));
        var lines = refused.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("the host stopped with 2", lines[0], StringComparison.Ordinal);
        var line = Assert.Single(lines[1..]);
        Assert.Contains(names, line, StringComparison.Ordinal);
        Assert.Contains(expects, line, StringComparison.Ordinal);
    }

    [Fact]
    public void DashboardOfAClient_IsRefused_ByName()
    {
        var options = new ClassoundOptions
        {
            Store = "redis", Redis = "redis:6379", Role = "back-office", DashboardPassword = new string('x', DashboardAccess.ShortestPassword),
        };
        var line = Assert.Single(options.Check());
        Assert.Equal("Classound:DashboardPassword is given, but Role is back-office: silos have the dashboard, so leave it out", line);
    }

    [Fact]
    public async Task AnotherNumberOfPartitions_IsRefused_ByName()
    {
        using var folder = new TemporaryFolder();
        await (await SiloProcess.Start(folder.Path, new Dictionary<string, string> { ["Partitions"] = "16" })).DisposeAsync();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SiloProcess.Start(folder.Path, new Dictionary<string, string> { ["Partitions"] = "32" }));
        Assert.Contains("stopped with 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Classound:Partitions: The store", refused.Message, StringComparison.Ordinal);
        Assert.Contains("configure 16", refused.Message, StringComparison.Ordinal);
    }
}
