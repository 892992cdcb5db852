using Classound.EndToEnd.Tests;

namespace Classound.Deploy.Tests.Alerts;

/// <summary>Alerts that can be loaded, that fire when they must, and that somebody can look up.</summary>
public sealed class RuleTests
{
    [SkippableFact]
    public async Task Rules_AreGood_AndPassTheirTests()
    {
        var promtool = Tool.Require("promtool");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "rules.yaml"), Rules.AsFile(Rules.Read()));
        File.Copy(Path.Combine(Repository.Monitoring, "alerts_test.yaml"), Path.Combine(folder.Path, "alerts_test.yaml"));
        await Tool.Run(promtool, folder.Path, "check", "rules", "rules.yaml");
        await Tool.Run(promtool, folder.Path, "test", "rules", "alerts_test.yaml");
    }

    [Fact]
    public void EveryAlert_HasATestInWhichItFires_AndALineInTheRunbook()
    {
        var tests = File.ReadAllText(Path.Combine(Repository.Monitoring, "alerts_test.yaml"));
        var runbook = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.All(Rules.Read().Groups.SelectMany(group => group.Rules), rule =>
        {
            Assert.Matches($"""alertname: {rule.Alert}\n\s+exp_alerts:""", tests);
            Assert.Contains($"`{rule.Alert}`", runbook, StringComparison.Ordinal);
            Assert.Contains(rule.Labels["severity"], (string[])["page", "warn"]);
        });
    }
}
