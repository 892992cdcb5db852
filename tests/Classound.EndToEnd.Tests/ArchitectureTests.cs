using System.Reflection;

namespace Classound.EndToEnd.Tests;

/// <summary>Dependencies flow one way: Silo, Api, Grains, Storage, Charging (design.md, layout).</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string, string[]> Allowed => new()
    {
        { "Classound.Charging", [] },
        { "Classound.Contracts", [] },
        { "Classound.PriceLists", ["Classound.Charging"] },
        { "Classound.Storage", ["Classound.Charging"] },
        { "Classound.Grains", ["Classound.Charging", "Classound.PriceLists", "Classound.Storage"] },
        {
            "Classound.Api",
            ["Classound.Charging", "Classound.Contracts", "Classound.Grains", "Classound.PriceLists", "Classound.Storage"]
        },
        { "Classound.Client", ["Classound.Contracts"] },
        { "classound", ["Classound.Contracts"] },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Project_ReferencesOnlyWhatLiesBelowIt(string assembly, string[] allowed)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("Classound", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Domain_ReferencesNothingButTheBaseLibrary()
    {
        var references = Assembly.Load("Classound.Charging").GetReferencedAssemblies().Select(name => name.Name!);
        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }
}
