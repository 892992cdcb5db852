using Classound.Benchmarks.Load;
using Classound.Benchmarks.Service;

namespace Classound.Benchmarks.Sql;

/// <summary>The opponent alone: its windows with synchronous_commit on and off in turn.</summary>
internal static class SqlCommand
{
    public static async Task Run(ServiceOptions options, CancellationToken cancellation)
    {
        var report = new Report(Machine.Text(), options);
        await using var stage = new Stage(options);
        Contender[] contenders = [await stage.Contender("sql-on"), await stage.Contender("sql-off")];
        var rounds = new Rounds(options, cancellation);
        await rounds.WarmUp(contenders);
        await rounds.Run(contenders, SqlAuthorize.Clients);
        foreach (var (name, windows) in rounds.Windows) report.Add(name, windows);
        report.Publish();
    }
}
