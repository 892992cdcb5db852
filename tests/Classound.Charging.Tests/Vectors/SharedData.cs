namespace Classound.Charging.Tests.Vectors;

/// <summary>
/// External data that is never committed: the folder named by CLASSOUND_SHARED, else <c>../shared</c> beside the repository
/// root. Tests that need a file skip, visibly, where it is absent.
/// </summary>
internal static class SharedData
{
    public static string? Find(string relativePath)
    {
        var folder = Environment.GetEnvironmentVariable("CLASSOUND_SHARED") ?? BesideRepository();
        if (folder is null) return null;
        var path = Path.Combine(folder, relativePath);
        return File.Exists(path) ? path : null;
    }

    private static string? BesideRepository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Classound.Grains.sln")))
                return at.Parent is { } parent ? Path.Combine(parent.FullName, "shared") : null;
        return null;
    }
}
