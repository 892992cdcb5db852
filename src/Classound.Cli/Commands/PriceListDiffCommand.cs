using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Cli.Commands;

/// <summary><c>classound price-list diff</c></summary>
internal static class PriceListDiffCommand
{
    private const int Shown = 20;

    public static CliCommand Create(CommandRunner runner)
    {
        var type = Declare.Argument("type", "For example END_USER");
        var before = new Argument<int>("before") { Description = "A version; 0 is the one in force now" };
        var after = new Argument<int>("after") { Description = "Another one" };
        var all = Declare.Flag("--all", "Show all differences, not the first 20");
        var command = new CliCommand("diff", "Says what differs between two versions",
            "classound price-list diff END_USER 3 4", "classound price-list diff END_USER 0 4 --all") { type, before, after, all };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new DiffPriceListsRequest
            {
                PriceListType = parsed.GetValue(type), BeforeVersion = parsed.GetValue(before), AfterVersion = parsed.GetValue(after),
            };
            var diff = await ReadAsync(session, request, parsed.GetValue(all) || session.Output.AsJson ? int.MaxValue : Shown);
            session.Output.Show(diff, () => Show(session.Output, diff));
        });
        return command;
    }

    /// <summary>The first changes, and the counts of all: a list may differ in a million of them.</summary>
    private static async Task<DiffPriceListsResponse> ReadAsync(Session session, DiffPriceListsRequest request, int most)
    {
        using var call = new PriceListService.PriceListServiceClient(session.Channel)
            .DiffPriceLists(request, cancellationToken: session.Cancellation);
        var diff = new DiffPriceListsResponse();
        while (await call.ResponseStream.MoveNext(session.Cancellation))
        {
            var part = call.ResponseStream.Current;
            diff.Changes.AddRange(part.Changes.Take(most - diff.Changes.Count));
            diff.Counts = part.Counts ?? diff.Counts;
        }
        return diff.Counts is null ? throw new IOException("The service broke off the answer; repeat the command.") : diff;
    }

    private static void Show(CliOutput output, DiffPriceListsResponse diff)
    {
        PriceChangeView.Table(output, diff.Changes);
        var more = diff.Counts.Added + diff.Counts.Changed + diff.Counts.Removed - diff.Changes.Count;
        if (more > 0) output.Line($"... and {Words.Of(more)} more; --all shows them");
        output.Line(PriceChangeView.Counts(diff.Counts));
    }
}
