using System.Globalization;
using System.Text;
using Classound.Benchmarks.Load;
using Classound.Benchmarks.Processes;

namespace Classound.Benchmarks.Sql;

/// <summary>The authorisation as a transaction, driven by pgbench: 32 clients with prepared statements.</summary>
internal sealed class SqlAuthorize(string name, PostgresServer server, string synchronousCommit, int pbxs, int seed) : Contender(name)
{
    public const int Clients = 32;

    // Each window has connections of its own: until their caches are filled and their statements prepared nothing is counted.
    private const int WarmUpSeconds = 2;

    private readonly Meters _meters = Meters.Of(null, ("postgres", server.CpuSeconds));
    private readonly string _script = WriteScript(pbxs);
    private int _windows;

    /// <summary>The deck and the PBXs of the others.</summary>
    public static async Task Load(PostgresServer server, int pbxs, int prefixes, int seed)
    {
        var sql = new StringBuilder(Resource("schema.sql"));
        Copy("pbx (id, allowance_seconds)", Enumerable.Range(0, pbxs).Select(pbx => (FormattableString)$"{pbx}\t{20 * 3000 * 60}"));
        Copy("did", Enumerable.Range(0, pbxs * CallContent.DidsPerPbx).Select(
            did => (FormattableString)$"{CallContent.Did(did / CallContent.DidsPerPbx, did % CallContent.DidsPerPbx)}\t{did / CallContent.DidsPerPbx}"));
        Copy("price_range", PriceRanges.Of(SyntheticDeck.Prefixes(prefixes, seed)).Select(
            range => (FormattableString)$"{range.First}\t{range.Prefix}\t{range.Area}\t{range.PriceNanos}\t{range.IncrementSeconds}"));
        await server.Execute(sql.ToString());
        await server.Execute(Resource("after-load.sql"));

        void Copy(string table, IEnumerable<FormattableString> rows)
        {
            sql.Append(CultureInfo.InvariantCulture, $"\nCOPY {table} FROM stdin;\n");
            foreach (var row in rows) sql.Append(row.ToString(CultureInfo.InvariantCulture)).Append('\n');
            sql.Append("\\.\n");
        }
    }

    /// <summary>Always with its own number of clients; whole seconds.</summary>
    public override async Task<Window> Closed(int inFlight, TimeSpan warmUp, TimeSpan length)
    {
        var seconds = Math.Max(2, (int)Math.Ceiling(length.TotalSeconds));
        var (begin, children) = (await _meters.Read(), ProcessClock.SecondsOfEndedChildren());
        var output = await server.Bench(
            "synchronous_commit=" + synchronousCommit, "-M", "prepared", "-c", Text(Clients), "-j", "2", "-T", Text(WarmUpSeconds + seconds), "-P", "1",
            "-D", "run=" + Text(_windows), "--random-seed", Text(seed * 1_000 + _windows++), "-f", _script);
        var whole = begin.Until(await _meters.Read(), Processed(output), WarmUpSeconds + seconds);
        var generator = ProcessClock.SecondsOfEndedChildren() - children;
        await server.Execute(Resource("clear.sql"));

        // The processors' time is that of the warm-up too: each request gets its share.
        var done = (long)(Rates(output).Skip(WarmUpSeconds).Take(seconds).DefaultIfEmpty(whole.Rate).Average() * seconds);
        var share = (double)done / whole.Done;
        var cpu = whole.Cpu.ToDictionary(process => process.Key, process => process.Value * share);
        (cpu[Meters.Generator], cpu[Meters.Idle]) = (generator * share, whole.IdleShare * seconds * Environment.ProcessorCount);
        return new Window(done, seconds, cpu, 0);
    }

    public override ValueTask Close()
    {
        File.Delete(_script);
        return ValueTask.CompletedTask;
    }

    // The same calls: a PBX's first DID, and a subscriber under one of the ten country codes, filled up to 15 digits.
    private static string WriteScript(int pbxs)
    {
        var country = string.Join(' ', CallContent.CountryCodes.Select((code, i) => FormattableString.Invariant($"WHEN :c = {i} THEN {code}")));
        var width = string.Join(' ', CallContent.CountryCodes.Select((code, i) => FormattableString.Invariant($"WHEN :c = {i} THEN {(code < 10 ? 10_000 : 1_000)}")));
        var file = Path.GetTempFileName();
        File.WriteAllText(file, FormattableString.Invariant($"""
            \set pbx random(0, {pbxs - 1})
            \set caller {CallContent.Did(0)} + :pbx * {CallContent.DidsPerPbx}
            \set c random(0, {CallContent.CountryCodes.Length - 1})
            \set code CASE {country} END
            \set width CASE {width} END
            \set called (:code * 10000000000 + random(0, 9999999999)) * :width
            \set n random(0, 999999999999)
            SELECT * FROM authorize_call(:pbx, :run || '-0000-4000-' || :client_id || '-' || :n, :caller, :called);

            """));
        return file;
    }

    // A machine that is much too busy leaves some out. progress: 1.0 s, 7012.3 tps, lat 4.5 ms stddev 1.2
    private static List<double> Rates(string output) => [.. output.Split('\n').Where(line => line.StartsWith("progress: ", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ')[3], CultureInfo.InvariantCulture))];

    private static long Processed(string output)
    {
        const string Name = "transactions actually processed: ";
        var line = output.Split('\n').FirstOrDefault(line => line.Contains(Name, StringComparison.Ordinal))
            ?? throw new InvalidOperationException("pgbench does not say what it processed: " + output);
        return long.Parse(line.AsSpan(line.IndexOf(Name, StringComparison.Ordinal) + Name.Length), CultureInfo.InvariantCulture);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(SqlAuthorize).Assembly.GetManifestResourceStream("Classound.Benchmarks.Sql." + name)!);
        return reader.ReadToEnd();
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
