using System.Runtime.CompilerServices;

namespace Classound.Deploy.Tests;

internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static string Deploy { get; } = Path.Combine(Root, "deploy-k8s");

    public static string Monitoring { get; } = Path.Combine(Deploy, "components", "monitoring");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
