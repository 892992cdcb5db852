using System.Diagnostics;
using System.Globalization;

namespace Classound.Storage.Tests.Faults;

/// <summary>A file system of a few megabytes of its own, which can really be full. Only root may mount it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Mounts it, or skips the test where that is not permitted.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("classound-disk-").FullName);
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.Folder))
            return disk;

        Directory.Delete(disk.Folder);
        Skip.If(true, "a file system of its own cannot be mounted here (needs root on Linux)");
        return disk;
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = 65536; block > 0;)
        {
            try
            {
                file.Write(new byte[block]);
            }
            catch (IOException)
            {
                block /= 2;
            }
        }
    }

    /// <summary>Gives the space back that <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        // Lazily: a process that is just being killed may still hold a file.
        if (Run("umount", "-l", Folder))
            Directory.Delete(Folder);
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
