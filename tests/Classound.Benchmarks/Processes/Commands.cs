using System.Diagnostics;

namespace Classound.Benchmarks.Processes;

/// <summary>Programs that do one thing and end.</summary>
internal static class Commands
{
    public static Task<string> Run(string program, IEnumerable<string> arguments, string? input = null) =>
        Run(new ProcessStartInfo(program, arguments), input);

    /// <returns>What it wrote, its standard output first.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; with what it said.</exception>
    public static async Task<string> Run(ProcessStartInfo start, string? input = null)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output + await errors : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {await errors}");
    }
}
