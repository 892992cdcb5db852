using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Classound.Cluster.Tests.Parts;

/// <summary>What happened, in a folder of each run, which later ones leave alone: journal.txt line by line, and what each silo said.</summary>
internal sealed class Journal : IDisposable
{
    private readonly ITestOutputHelper? _output;
    private readonly StreamWriter _file;
    private readonly long _start = Stopwatch.GetTimestamp();

    public Journal(ITestOutputHelper? output, string name)
    {
        _output = output;
        var run = string.Create(CultureInfo.InvariantCulture, $"{name}-{DateTime.UtcNow:MMdd-HHmmss}");
        Folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "results", run)).FullName;
        _file = new StreamWriter(Path.Combine(Folder, "journal.txt")) { AutoFlush = true };
    }

    public string Folder { get; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>To the file and, for who waits at a terminal, to the console.</summary>
    public void Write(string line)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {Elapsed.TotalSeconds,7:0.0} {line}");
        lock (_file)
        {
            _file.WriteLine(text);
            Console.WriteLine(text);
        }
    }

    /// <summary>A figure: to the test's output too.</summary>
    public void Report(string line)
    {
        Write(line);
        lock (_file) _output?.WriteLine(line);
    }

    public void Dispose() => _file.Dispose();
}
