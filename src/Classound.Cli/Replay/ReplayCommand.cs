using System.Collections.Concurrent;
using Classound.Cli.Cdr;
using Classound.Cli.Connection;
using Classound.Cli.Numbering;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;
using Spectre.Console;

namespace Classound.Cli.Replay;

/// <summary>Reads a CDR file and replays its outgoing calls against the service.</summary>
public static class ReplayCommand
{
    private static readonly TimeSpan ProvisioningPatience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Replays and prints. Replaying the same file again, also after an interruption, settles nothing twice: call ids are
    /// made of the file's hash and the row's line.
    /// </summary>
    /// <exception cref="CdrFormatException">The file's layout was not recognised.</exception>
    /// <exception cref="ReplayRefusedException">The PBX, its country, plan or price list is missing.</exception>
    /// <exception cref="ArgumentException">The country, time zone or main number is not one.</exception>
    /// <exception cref="RpcException">The service stayed unavailable; start the same replay again to go on.</exception>
    public static async Task<ReplaySummary> RunAsync(
        ReplayOptions options, ChannelBase channel, IAnsiConsole console, TimeProvider clock, CancellationToken cancellation)
    {
        var writer = console.Profile.Out.Writer;
        var calls = new CallOptions(deadline: clock.GetUtcNow().UtcDateTime + ProvisioningPatience, cancellationToken: cancellation);
        var provisioner = new ReplayProvisioner(channel, calls, writer);
        var pbx = await provisioner.FindAsync(options.PbxId);
        if (pbx is null && options.Provision is null)
            throw new ReplayRefusedException($"There is no PBX {options.PbxId}; create it with classound pbx create, or give --provision.");

        var numbers = new NumberNormaliser(CountryOf(options, pbx));
        var zone = ZoneOf(options, pbx);
        var content = await System.IO.File.ReadAllBytesAsync(options.File, cancellation);
        var reading = new CdrReadOptions(options.Dialect, options.Delimiter, zone, options.TrunkPatterns);
        var file = CdrFile.Read(content, reading, numbers.IsPublicNumber);
        var plan = ReplayPlan.Of(file, numbers, MainNumber(options.MainNumber, numbers));
        SummaryView.ShowFile(writer, options.File, file, plan, zone);

        if (options.Provision is { } provisioning)
        {
            if (pbx is null)
                await provisioner.CreateAsync(options, provisioning, plan, numbers.Country, zone);
            await provisioner.RegisterAsync(options.PbxId, plan.OwnNumbers);
        }
        var edge = new EdgeCall(channel, new RepeatingCaller(clock, cancellation), options.PbxId, numbers.Country);
        var summary = await Replay(file, plan, edge, options.Parallel, console, cancellation);
        if (options.ReportFile is { } report)
            await ReplayReport.WriteAsync(report, summary, cancellation);
        SummaryView.Show(console, options.PbxId, summary);
        return summary;
    }

    private static async Task<ReplaySummary> Replay(
        CdrFile file, ReplayPlan plan, EdgeCall edge, int parallel, IAnsiConsole console, CancellationToken cancellation)
    {
        var outcomes = new ConcurrentBag<(ReplayRow Row, CdrRefusal? Refusal)>();
        await ReplayProgress.RunAsync(console, plan.Calls.Count, async finished =>
        {
            var limits = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
            await Parallel.ForEachAsync(plan.Calls, limits, async (call, _) =>
            {
                outcomes.Add(await edge.ReplayAsync(call));
                finished();
            });
        });
        var notSent = plan.NotSent.Select(static call => new ReplayRow(
            call.Line, call.Direction == CdrDirection.Inbound ? ReplayBucket.Inbound : ReplayBucket.Internal, "", ""));
        var refused = plan.Refused.Concat(outcomes.Select(static outcome => outcome.Refusal).OfType<CdrRefusal>());
        var rows = outcomes.Select(static outcome => outcome.Row).Concat(notSent)
            .Concat(plan.Refused.Select(static refusal => new ReplayRow(refusal.Line, ReplayBucket.Refused, refusal.ToString(), "")));
        return new ReplaySummary(file.Rows, [.. refused.OrderBy(static refusal => refusal.Line)],
            [.. rows.OrderBy(static row => row.Line)]);
    }

    private static string CountryOf(ReplayOptions options, Pbx? pbx) =>
        options.Country ?? pbx?.Country ?? throw new ReplayRefusedException(
            "Give --country: the PBX does not exist yet, and its numbers cannot be read without one.");

    private static TimeZoneInfo ZoneOf(ReplayOptions options, Pbx? pbx)
    {
        var id = options.TimeZone ?? pbx?.TimeZone ?? "UTC";
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new ArgumentException($"'{id}' is not a time zone; expected an IANA name such as America/Detroit.");
    }

    private static string? MainNumber(string? text, NumberNormaliser numbers)
    {
        if (text is null)
            return null;
        var number = text.StartsWith('+') ? numbers.ToE164(text) : null;
        return number ?? throw new ArgumentException($"main number '{text}': expected E.164 with its plus, such as +12125550100.");
    }
}
