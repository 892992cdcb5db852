namespace Classound.Cli.Tests;

/// <summary>Files of the folder that is kept beside the repository; absent on a plain clone.</summary>
internal static class SharedData
{
    public static string? Find(string relativePath)
    {
        var folder = Environment.GetEnvironmentVariable("CLASSOUND_SHARED") ?? BesideRepository();
        var path = folder is null ? null : Path.Combine(folder, relativePath);
        return path is not null && File.Exists(path) ? path : null;
    }

    /// <summary>The bytes, or a visible skip.</summary>
    public static byte[] Read(string relativePath)
    {
        var path = Find(relativePath);
        Skip.If(path is null, $"{relativePath} is not in CLASSOUND_SHARED nor in ../shared");
        return File.ReadAllBytes(path!);
    }

    private static string? BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Classound.Grains.sln")))
                return folder.Parent is { } parent ? Path.Combine(parent.FullName, "shared") : null;
        }
        return null;
    }
}
