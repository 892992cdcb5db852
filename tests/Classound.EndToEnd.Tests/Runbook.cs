using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Classound.EndToEnd.Tests;

/// <summary>Commands of the README, run as they stand there.</summary>
internal static class Runbook
{
    /// <summary>The block of shell commands whose first line is a comment that begins so.</summary>
    public static string Block(string title)
    {
        var lines = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "README.md")).Select(line => line.Trim()).ToList();
        var first = lines.FindIndex(line => line.StartsWith("# " + title, StringComparison.Ordinal));
        Assert.True(first > 0 && lines[first - 1] == "```sh", $"README.md has no block of commands '# {title}'");
        return string.Join('\n', lines.Skip(first).TakeWhile(line => line != "```"));
    }

    /// <summary>Runs them as a script that ends with the first command that fails.</summary>
    /// <param name="commands">What the README says, after what it leaves to its reader.</param>
    /// <param name="tools">Found before those of the machine.</param>
    public static async Task Run(string commands, string tools)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", commands]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}";
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var errors = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{commands}\nended with {shell.ExitCode}: {errors}{await output}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
