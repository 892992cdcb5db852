namespace Classound.PriceLists.Tests;

/// <summary>External test data: CLASSOUND_SHARED, by default "shared" beside the repository. Nothing of it is committed.</summary>
internal static class SharedData
{
    public static string File(params string[] path)
    {
        var file = Path.Combine([Folder(), .. path]);
        Skip.IfNot(System.IO.File.Exists(file), $"external data is not here: {file}");
        return file;
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Classound.Grains.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }

    private static string Folder() =>
        Environment.GetEnvironmentVariable("CLASSOUND_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared");
}
