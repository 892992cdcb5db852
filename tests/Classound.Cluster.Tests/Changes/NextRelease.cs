using System.Diagnostics;
using System.Globalization;

namespace Classound.Cluster.Tests.Changes;

/// <summary>
/// The program as a next release might be: built from a copy of these sources in which stored values have a field more, at their top,
/// in a message in them and in totals, and the format number is one higher.
/// </summary>
internal sealed class NextRelease : IDisposable
{
    private const int Mark = 4711;
    private const string Mapping = "src/Classound.Storage/Mapping/";

    /// <summary>Field 100 with the mark, as it stands in a stored value.</summary>
    private static readonly byte[] Written = [0xA0, 0x06, 0xE7, 0x24];

    private static readonly (string File, string Old, string New)[] Changes =
    [
        (Mapping + "stored.proto", "message StoredActiveCall {", "message StoredActiveCall {\n  int64 next_release = 100;"),
        (Mapping + "stored.proto", "message StoredParties {", "message StoredParties {\n  int64 next_release = 100;"),
        (Mapping + "stored.proto", "message StoredTotals {", "message StoredTotals {\n  int64 next_release = 100;"),
        (Mapping + "StoredCalls.cs", "const int Format = 1;", "const int Format = 2;"),
        (Mapping + "StoredCalls.cs", "var stored = new StoredActiveCall\n        {", $"var stored = new StoredActiveCall\n        {{\n            NextRelease = {Mark},"),
        (Mapping + "StoredCalls.cs", "var parties = new StoredParties\n        {", $"var parties = new StoredParties\n        {{\n            NextRelease = {Mark},"),
        (Mapping + "StoredPbx.cs", "const int Format = 1;", "const int Format = 2;"),
        (Mapping + "StoredPbx.cs", "new StoredTotals\n    {", $"new StoredTotals\n    {{\n        NextRelease = {Mark},"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("classound-next-").FullName;

    public NextRelease()
    {
        var root = Root();
        foreach (var file in Directory.EnumerateFiles(root)) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        foreach (var part in new[] { "src", "protos" }) Copy(Path.Combine(root, part), Path.Combine(_folder, part));
        foreach (var (file, old, changed) in Changes)
        {
            var path = Path.Combine(_folder, file);
            var text = File.ReadAllText(path);
            if (!text.Contains(old, StringComparison.Ordinal)) throw new InvalidOperationException($"{file} has no '{old}': say how a next release changes it now");
            File.WriteAllText(path, text.Replace(old, changed, StringComparison.Ordinal));
        }
    }

    private string Output => Path.Combine(_folder, "published");

    /// <summary>How many fields of a stored value, and of messages in it, carry what only this release writes.</summary>
    public static int Marks(ReadOnlySpan<byte> value)
    {
        var count = 0;
        for (var at = value.IndexOf(Written); at >= 0; at = value.IndexOf(Written), count++) value = value[(at + Written.Length)..];
        return count;
    }

    /// <summary>Builds it; some minutes of work.</summary>
    /// <returns>What to start.</returns>
    public async Task<string> Publish()
    {
        var start = new ProcessStartInfo("dotnet", ["publish", "src/Classound.Silo", "-c", "Release", "-v", "quiet", "-nodeReuse:false", "-o", Output])
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true,
        };
        // The runner of these tests says where its own build is: nothing of that is meant for this one.
        foreach (var key in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(key);
        using var publish = Process.Start(start)!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"publish ended with {publish.ExitCode}: {said}"));
        return Path.Combine(Output, "Classound.Silo.dll");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Classound.Grains.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no Classound.Grains.sln above {AppContext.BaseDirectory}");
        return folder;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (Path.GetFileName(folder) is not ("bin" or "obj")) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
