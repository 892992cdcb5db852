using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Rating.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound quote</c></summary>
internal static class QuoteCommand
{
    public static Command Create(CommandRunner runner)
    {
        var called = Declare.Argument("called", "E.164 with its plus");
        var pbx = Declare.Text("--pbx", "Quote for this PBX: plan, limits and what is left of them", "pbx-id");
        var list = Declare.Text("--price-list", "Quote from this price-list type alone", "type");
        var version = Declare.Number("--list-version", "Of the price list; 0 is the one in force");
        var seconds = Declare.Number("--seconds", "How long the call lasts; 0 quotes the first minute");
        var start = Declare.Time("--start", "When it is answered; now if left out");
        var user = Declare.Text("--user", "Whose minutes, with a plan shared PER_USER", "user-id");
        var caller = Declare.Text("--caller", "The number that the PBX would show; the first it may show if left out", "number");
        var command = new CliCommand("quote", "Says what a call would cost, without holding or counting anything",
            "classound quote +390612345678 --pbx acme-milan --seconds 600",
            "classound quote +441212345678 --price-list END_USER --seconds 61")
        { called, pbx, list, version, seconds, start, user, caller };
        runner.Let(command, async (parsed, session) =>
        {
            var (pbxId, type) = (parsed.GetValue(pbx)!, parsed.GetValue(list)!);
            if ((pbxId.Length == 0) == (type.Length == 0))
                throw new UsageException("Give either --pbx or --price-list.");
            var request = new QuoteCallRequest
            {
                Called = parsed.GetValue(called), DurationSeconds = parsed.GetValue(seconds), StartTime = parsed.GetValue(start),
                UserId = parsed.GetValue(user),
                Caller = parsed.GetValue(caller),
            };
            if (pbxId.Length > 0)
                request.PbxId = pbxId;
            else
                request.PriceList = new PriceListReference { PriceListType = type, Version = parsed.GetValue(version) };
            var reply = await new RatingService.RatingServiceClient(session.Channel).QuoteCallAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply));
            return reply.Allowed ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static void Show(CliOutput output, QuoteCallResponse reply)
    {
        if (reply.Denial is { } denial)
            CallView.Denial(output, denial);
        if (reply.Prefix.Length == 0)
            return;
        output.Facts(
            ("allowed", Words.YesNo(reply.Allowed)),
            ("destination", CallView.Destination(reply.Destination, reply.Country, reply.Prefix, reply.Area)),
            ("price list", $"{reply.PriceListType} version {Words.Of(reply.PriceListVersion)}"),
            ("tariff", TariffText.Of(reply.Tariff, reply.CurrencyCode)),
            ("tariff of", Words.Of(reply.TariffSource)),
            ("highest price per minute", NanosText.Format(reply.PricePerMinuteNanos, reply.CurrencyCode)),
            ("seconds",
                $"{Words.Of(reply.CallSeconds)} called, {Words.Of(reply.RatedSeconds)} rated, {Words.Of(reply.IncludedSeconds)} included"),
            ("longest call", Words.Seconds(reply.MaximumSeconds)),
            ("charge", NanosText.Format(reply.ChargeNanos, reply.CurrencyCode)));
        TariffText.Segments(output, reply.Segments, reply.CurrencyCode);
    }
}
