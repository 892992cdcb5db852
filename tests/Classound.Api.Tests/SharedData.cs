namespace Classound.Api.Tests;

/// <summary>External data: CLASSOUND_SHARED, else "shared" beside the repository.</summary>
internal static class SharedData
{
    /// <returns>The file's path; the test is skipped visibly where it is not there.</returns>
    public static string RequireFile(params string[] parts)
    {
        var path = Path.Combine([Folder() ?? "", .. parts]);
        Skip.If(!File.Exists(path), $"External data is absent: {Path.Combine(parts)}");
        return path;
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("CLASSOUND_SHARED") is { Length: > 0 } given) return given;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Classound.Grains.sln")))
                return Path.Combine(folder.Parent?.FullName ?? "", "shared");
        return null;
    }
}
