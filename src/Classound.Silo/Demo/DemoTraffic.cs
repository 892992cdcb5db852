using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;
using static Classound.Silo.Demo.DemoOperator;
using static Classound.Silo.Demo.DemoScreen;

namespace Classound.Silo.Demo;

/// <summary>A little traffic: each call shows one rule. Durations are told, not waited for.</summary>
internal sealed class DemoTraffic(ChannelBase channel, DemoEdge edge, DemoScreen screen, CancellationToken ct)
{
    /// <summary>Returns the call that crossed the allowance, to be explained.</summary>
    public async Task<string> RunAsync()
    {
        screen.Title("Acme in Milan: a pool of minutes, caller IDs, emergencies");
        await CallOnTheAllowanceAsync();
        await CallerIdsAsync();
        await EmergencyAsync();
        screen.Title("Globex in New York: minutes of each user");
        await UsersAsync();
        screen.Title("Initech in London: a small plan and limits");
        var crossed = await CrossTheAllowanceAsync();
        await LimitsAsync();
        return crossed;
    }

    private async Task CallOnTheAllowanceAsync()
    {
        const int Seconds = (12 * 60) + 34;
        var reply = await edge.AuthorizeAsync(Milan, MilanNumber, "+33142685300", call => call.ReportsAnswer = true);
        screen.Step("A user calls Paris, which is in Area 1. The edge gets a slice of ten minutes.", DemoWords.Of(reply));
        await edge.AnswerAsync();
        screen.Step("After 9:30 the edge asks for more.", DemoWords.Of(await edge.ExtendAsync(requestNumber: 1, usedSeconds: 570)));
        screen.Step($"They hang up after {Time(Seconds)}. Area 1 ticks by the minute.", DemoWords.Of(await edge.EndAsync(Seconds)));
        screen.Step("The edge did not get the answer and reports the end again.", DemoWords.Of(await edge.EndAsync(Seconds)));
    }

    private async Task CallerIdsAsync()
    {
        await PlayAsync("Somebody shows a number of another company.", Milan, "+390600000000", "+33142685300", 60);
        var dids = new DidService.DidServiceClient(channel);
        var listed = await dids.ListDidsAsync(new ListDidsRequest { PbxId = Milan, PageSize = 1000 }, cancellationToken: ct);
        var verified = listed.Dids.Any(did => did.Number == MilanMobile && did.State == DidState.Owned);
        if (verified)
            screen.Step("An earlier start of the demo has verified the mobile of another operator (EXTERNAL).");
        else
            await PlayAsync("A mobile of another operator (EXTERNAL) is shown before it was verified.", Milan, MilanMobile, "+4930901820", 60);
        await dids.VerifyDidAsync(new VerifyDidRequest { PbxId = Milan, Number = MilanMobile }, cancellationToken: ct);
        await PlayAsync("Now that it is verified, it may be shown.", Milan, MilanMobile, "+4930901820", 60);
        await PlayAsync(
            "Feature code 92 hides the caller ID. Russian mobiles are in Area 2: by the second, never from the allowance.",
            Milan, MilanNumber, "+79161234567", 65, call => call.HideCallerId = true);
    }

    private async Task EmergencyAsync()
    {
        await PlayAsync("Somebody dials 112, from whatever number.", Milan, "", "112", 95);
        await PlayAsync("Extension 201 calls extension 112.", Milan, "201", "112", 30, call => call.Internal = true);
    }

    private async Task UsersAsync()
    {
        await PlayAsync("Alice calls Tokyo on her own minutes.", NewYork, NewYorkNumber, "+81312345678", 485, call => call.UserId = "alice");
        await PlayAsync("Mallory is no user here.", NewYork, NewYorkNumber, "+81312345678", 60, call => call.UserId = "mallory");
        await PlayAsync("Mallory dials 911 all the same.", NewYork, NewYorkNumber, "911", 40, call => call.UserId = "mallory");
    }

    private async Task<string> CrossTheAllowanceAsync()
    {
        var pbx = await new PbxService.PbxServiceClient(channel).GetPbxAsync(new GetPbxRequest { PbxId = London }, cancellationToken: ct);
        var counts = pbx.LiveCounts;
        var left = (int)Math.Clamp(counts.IncludedSecondsGranted - counts.IncludedSecondsUsed - counts.IncludedSecondsHeld, 0, 3 * 60 * 60);
        var reply = await edge.AuthorizeAsync(London, LondonNumber, "+49301234567");
        screen.Step(
            left > 0
                ? $"A call to Berlin while {Time(left)} included minutes are left."
                : "A call to Berlin; an earlier start of the demo has used this month's minutes.",
            DemoWords.Of(reply));
        if (reply.Grant is null) return edge.CallId;
        var reached = await edge.ExtendToAsync(reply.Grant, left + 150);
        screen.Step(
            $"Extended as needed, it lasts {Time(reached)}: what goes beyond the allowance is charged.",
            DemoWords.Of(await edge.EndAsync(reached)));
        return edge.CallId;
    }

    private async Task LimitsAsync()
    {
        await PlayAsync($"Nepal, where a minute may cost {Money(LondonMaxPricePerMinuteNanos)}.", London, LondonNumber, "+97714220000", 60);
        await PlayAsync("A satellite telephone: high-cost destinations are barred.", London, LondonNumber, "+881612345678", 60);
        await PlayAsync("Dialled without its country code: refused, never guessed.", London, LondonNumber, "02079460000", 60);
    }

    private async Task PlayAsync(
        string what, string pbxId, string caller, string called, int seconds, Action<AuthorizeCallRequest>? change = null)
    {
        var reply = await edge.AuthorizeAsync(pbxId, caller, called, change);
        if (reply.Grant is null) screen.Step(what, DemoWords.Of(reply));
        else screen.Step(what, DemoWords.Of(reply), DemoWords.Of(await edge.EndAsync(seconds, reply.Grant.Emergency)));
    }
}
