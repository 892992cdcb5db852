using System.Diagnostics;
using System.Globalization;
using Classound.Benchmarks.Processes;
using Classound.Storage.Tests.Redis;

namespace Classound.Benchmarks.Sql;

/// <summary>
/// Debian's PostgreSQL on a free port with its files in a temporary folder, tuned for this work: memory for all of it, no checkpoint within a run,
/// no replication, and everything that keeps what was acknowledged (fsync, full pages) on.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin/";
    private const string User = "postgres";

    private static readonly string[] Settings =
    [
        "fsync=on", "full_page_writes=on", "listen_addresses=127.0.0.1", "shared_buffers=1GB", "huge_pages=off", "max_connections=50",
        "wal_level=minimal", "max_wal_senders=0", "wal_buffers=64MB", "min_wal_size=4GB", "max_wal_size=16GB", "checkpoint_timeout=1h",
        "jit=off", "random_page_cost=1.1", "track_activities=off", "autovacuum_naptime=10s", "logging_collector=off", "log_min_messages=panic",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("classound-postgres-").FullName;
    private readonly int _port = Ports.Free();
    private Process? _process;

    public static bool IsInstalled => File.Exists(Binaries + "postgres");

    // What was started may be the program that changes the user; the server writes its own id.
    public int Id => int.Parse(File.ReadLines(Data + "/postmaster.pid").First(), CultureInfo.InvariantCulture);

    private string Data => _folder + "/data";

    public static async Task<PostgresServer> Start()
    {
        if (!IsInstalled) throw new InvalidOperationException($"{Binaries}postgres is missing: install the package postgresql of Debian 12");
        var server = new PostgresServer();
        // PostgreSQL does not run as root.
        if (Environment.UserName == "root") await Commands.Run("chown", [User, server._folder]);
        await Commands.Run(Unprivileged(Binaries + "initdb", "-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
        var settings = Settings.SelectMany(setting => new[] { "-c", setting });
        var start = Unprivileged(Binaries + "postgres", ["-D", server.Data, "-p", server.Port, "-k", server._folder, .. settings]);
        server._process = Process.Start(start)!;
        await server.UntilReady();
        return server;
    }

    public string Port => _port.ToString(CultureInfo.InvariantCulture);

    /// <summary>CPU seconds of the server and of the processes of its connections.</summary>
    public double CpuSeconds() => ProcessClock.SecondsOfFamily(Id);

    /// <summary>Runs SQL, with rows for COPY behind it if it ends with one.</summary>
    public Task Execute(string sql) => Commands.Run("psql", ["-h", "127.0.0.1", "-p", Port, "-U", User, "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"], sql);

    /// <summary>pgbench against this server, over TCP as an edge on another machine would.</summary>
    /// <param name="options">Settings of its sessions, such as <c>synchronous_commit=off</c>.</param>
    public Task<string> Bench(string options, params string[] arguments)
    {
        var start = new ProcessStartInfo("pgbench", ["-h", "127.0.0.1", "-p", Port, "-U", User, "-n", .. arguments, User]);
        start.Environment["PGOPTIONS"] = "-c " + options;
        return Commands.Run(start);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Commands.Run("kill", ["-QUIT", Id.ToString(CultureInfo.InvariantCulture)]); // nothing is to be kept
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static ProcessStartInfo Unprivileged(string program, params string[] arguments) => new(
        Environment.UserName == "root" ? "runuser" : program,
        Environment.UserName == "root" ? ["-u", User, "--", program, .. arguments] : arguments)
    {
        RedirectStandardOutput = true, WorkingDirectory = "/",
    };

    private async Task UntilReady()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Commands.Run("psql", ["-h", "127.0.0.1", "-p", Port, "-U", User, "-q", "-c", "SELECT 1"]);
                return;
            }
            catch (InvalidOperationException) when (attempt < 100 && !_process!.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }
}
