using System.Globalization;
using Spectre.Console;

namespace Classound.Cli.Replay;

/// <summary>A bar on a terminal; elsewhere a plain line at every tenth, so that logs stay readable.</summary>
public static class ReplayProgress
{
    private const int Steps = 10;

    /// <summary>Runs <paramref name="work"/>, which reports each finished call.</summary>
    public static async Task RunAsync(IAnsiConsole console, int total, Func<Action, Task> work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            await work(PlainLines(console.Profile.Out.Writer, total));
            return;
        }
        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(string.Create(CultureInfo.InvariantCulture, $"{total} calls"), maxValue: total);
                await work(() => task.Increment(1));
            });
    }

    private static Action PlainLines(TextWriter writer, int total)
    {
        var done = 0;
        return () =>
        {
            var now = Interlocked.Increment(ref done);
            if ((long)now * Steps / total > (long)(now - 1) * Steps / total)
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now} of {total} calls"));
        };
    }
}
