using System.Reflection;

namespace Classound.Charging.Tests.Design;

/// <summary>What design.md asks of the pure core, held by reflection.</summary>
public sealed class CoreRulesTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Core = typeof(Pbx).Assembly;

    private static readonly string[] BaseLibraryKeys = ["b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51", "7cec85d7bea7798e"];

    [Fact]
    public void TheCore_ReferencesTheBaseLibraryOnly()
    {
        var sharedFramework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (var reference in Core.GetReferencedAssemblies())
        {
            var key = Convert.ToHexStringLower(reference.GetPublicKeyToken() ?? []);
            Assert.True(BaseLibraryKeys.Contains(key), $"{reference.Name} is not the base library's");
            Assert.True(File.Exists(Path.Combine(sharedFramework, reference.Name + ".dll")), $"{reference.Name} is not in the shared framework");
        }
    }

    /// <summary>No floating point near money, and no decimal either: amounts are integers of 10^-9 units.</summary>
    [Fact]
    public void TheCore_HasNoFloatingPointAndNoDecimal()
    {
        Type[] banned = [typeof(float), typeof(double), typeof(decimal), typeof(Half)];
        var found = Core.GetTypes().SelectMany(type => type.GetMembers(All).SelectMany(member =>
            TypesOf(member).SelectMany(Unwrap).Where(banned.Contains).Select(bad => $"{type.Name}.{member.Name}: {bad.Name}")));
        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void TheCore_ReadsNoClockAndMakesNoIdsOrRandomness()
    {
        Type[] banned = [typeof(TimeProvider), typeof(Random), typeof(Guid), typeof(Environment), typeof(Task), typeof(Thread)];
        var found = Core.GetTypes().SelectMany(type => type.GetMembers(All).SelectMany(member =>
            TypesOf(member).SelectMany(Unwrap).Where(banned.Contains).Select(bad => $"{type.Name}.{member.Name}: {bad.Name}")));
        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void Classes_AreSealedOrStatic()
    {
        var open = Core.GetTypes().Where(type => type is { IsClass: true, IsSealed: false } && !type.Name.StartsWith('<'));
        Assert.Empty(open.Select(type => type.FullName));
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        MethodBase method =>
        [
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method is MethodInfo info ? new[] { info.ReturnType } : [],
            .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
        ],
        _ => [],
    };

    private static IEnumerable<Type> Unwrap(Type type)
    {
        if (type.HasElementType) return Unwrap(type.GetElementType()!);
        return type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Unwrap)] : [type];
    }
}
