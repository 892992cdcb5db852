using System.Diagnostics;

namespace Classound.Deploy.Tests;

/// <summary>A program of the machine's; a test that needs one that is not there is skipped, visibly.</summary>
internal static class Tool
{
    public static string Require(string name)
    {
        Skip.If(Find(name) is null, $"{name} is not on the PATH");
        return Find(name)!;
    }

    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs it to its end; fails with what it said when it fails.</summary>
    public static async Task<string> Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        return await output;
    }
}
