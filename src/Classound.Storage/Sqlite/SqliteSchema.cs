using System.Globalization;

namespace Classound.Storage.Sqlite;

/// <summary>The tables of the embedded store, and the checks that this release may use what lies in the folder.</summary>
internal static class SqliteSchema
{
    /// <summary>Number of this layout. Raised with every change that an older release could not read.</summary>
    public const int Version = 1;

    /// <summary>
    /// A rated call's id is its partition and its sequence in one integer, so that the feed of a partition is one stretch of the
    /// table and needs no index. 40 bits are 10^12 calls per partition.
    /// </summary>
    public const int SequenceBits = 40;

    // Ids and field names are BLOBs: they are opaque bytes and compare as such, NUL and all.
    // Small rows of a PBX lie together (WITHOUT ROWID); rated calls do not, as their data is longer.
    private const string Tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE pbx (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version TEXT NOT NULL);
        CREATE TABLE field (
            pbx_id INTEGER NOT NULL, section INTEGER NOT NULL, name BLOB NOT NULL, value BLOB NOT NULL,
            PRIMARY KEY (pbx_id, section, name)) WITHOUT ROWID;
        CREATE TABLE feed (partition INTEGER PRIMARY KEY, last_sequence INTEGER NOT NULL);
        CREATE TABLE rated_call (
            id INTEGER PRIMARY KEY, pbx_id INTEGER NOT NULL, call_id BLOB NOT NULL,
            usage_month INTEGER NOT NULL, billing_month INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE INDEX rated_call_by_billing_month ON rated_call (pbx_id, billing_month);
        CREATE TABLE settled (
            pbx_id INTEGER NOT NULL, usage_month INTEGER NOT NULL, call_id BLOB NOT NULL, rated_call_id INTEGER NOT NULL,
            PRIMARY KEY (pbx_id, usage_month, call_id)) WITHOUT ROWID;
        CREATE TABLE settled_month (
            pbx_id INTEGER NOT NULL, usage_month INTEGER NOT NULL, last_day INTEGER NOT NULL,
            PRIMARY KEY (pbx_id, usage_month)) WITHOUT ROWID;
        CREATE TABLE lease (
            pbx_id INTEGER NOT NULL, call_id BLOB NOT NULL, partition INTEGER NOT NULL, ends_at INTEGER NOT NULL,
            PRIMARY KEY (pbx_id, call_id)) WITHOUT ROWID;
        CREATE INDEX lease_by_end ON lease (partition, ends_at);
        CREATE TABLE call_log (
            pbx TEXT NOT NULL, call_id BLOB NOT NULL, at INTEGER NOT NULL, data BLOB NOT NULL,
            PRIMARY KEY (pbx, call_id)) WITHOUT ROWID;
        CREATE INDEX call_log_by_pbx_and_time ON call_log (pbx, at);
        CREATE INDEX call_log_by_time ON call_log (at);
        CREATE TABLE call_log_size (pbx TEXT PRIMARY KEY, calls INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TRIGGER call_log_grew AFTER INSERT ON call_log BEGIN
            INSERT INTO call_log_size (pbx, calls) VALUES (new.pbx, 1) ON CONFLICT (pbx) DO UPDATE SET calls = calls + 1;
        END;
        CREATE TRIGGER call_log_shrank AFTER DELETE ON call_log BEGIN
            UPDATE call_log_size SET calls = calls - 1 WHERE pbx = old.pbx;
        END;
        CREATE TABLE content (sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE content_chunk (sha256 TEXT NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (sha256, chunk));
        CREATE TABLE grain_state (key TEXT PRIMARY KEY, etag INTEGER NOT NULL, data BLOB);
        """;

    /// <summary>Creates the tables in an empty file; checks version and number of partitions in another.</summary>
    /// <exception cref="StoreStartRefusedException">The file is of another release, or has another number of partitions.</exception>
    public static void Ensure(SqliteSession writer, string file, int partitions)
    {
        var hasTables = writer.Statement("SELECT 1 FROM sqlite_schema LIMIT 1").TryFirst(_ => true, out _);
        if (!hasTables)
            Create(writer, partitions);

        var found = Read(writer, file, "schema_version");
        if (found != Version)
        {
            throw new StoreStartRefusedException(
                $"The store {file} has schema version {found}; this release reads version {Version}. "
                + "Start the release that wrote it, or point the data folder elsewhere.");
        }

        var installed = Read(writer, file, "partitions");
        if (installed != partitions)
        {
            throw new StoreStartRefusedException(
                $"The store {file} was installed with {installed} partitions and {partitions} are configured. "
                + $"The number is fixed at installation: configure {installed}.")
            { Setting = "Partitions" };
        }
    }

    private static void Create(SqliteSession writer, int partitions)
    {
        writer.Run("BEGIN IMMEDIATE");
        writer.RunScript(Tables);
        var insert = writer.Statement("INSERT INTO meta (key, value) VALUES (?1, ?2)");
        insert.Bind(1, "schema_version").Bind(2, Version.ToString(CultureInfo.InvariantCulture)).Run();
        insert.Bind(1, "partitions").Bind(2, partitions.ToString(CultureInfo.InvariantCulture)).Run();
        writer.Run("COMMIT");
    }

    private static int Read(SqliteSession writer, string file, string key)
    {
        string? value = null;
        var isOurs = writer.Statement("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'").TryFirst(_ => true, out _)
            && writer.Statement("SELECT value FROM meta WHERE key = ?1").Bind(1, key).TryFirst(row => row.Text(0), out value);
        if (isOurs && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;

        throw new StoreStartRefusedException($"The file {file} is not a Classound store: its meta table has no {key}.");
    }
}
