using Classound.Api.Tests.Hosting;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Api.Tests.Services;

/// <summary>
/// Random calls of one PBX over the wire: old ones around the night in which the clocks of Rome were last turned, and live ones that are
/// swept and corrected.
/// </summary>
internal sealed class ReportCalls(ApiHost host, string pbx, int seed)
{
    private static readonly int[] Durations = [0, 0, 1, 999, 1_000, 59_500, 61_000, 600_000];

    private readonly Random _random = new(seed);

    private CallService.CallServiceClient Calls => host.Operator.Calls;

    /// <summary>The day before the clocks of Rome were last turned, three weeks ago or earlier.</summary>
    public DateTime Turn { get; } = LastTurn(host.Clock.GetUtcNow().UtcDateTime.Date.AddDays(-21));

    /// <summary>Calls from five days before <see cref="Turn"/> to fifteen after it: end of March or of October, so that they are of two months.</summary>
    public async Task PlaceOld(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var call = Any($"old-{i}");
            call.ImportOccurTime = Turn.AddDays(-5).AddSeconds(_random.Next(20 * 86_400)).ToTimestamp();
            Assert.NotNull((await Calls.AuthorizeCallAsync(call)).Grant);
            await End(call, _random.Next(Durations.Length));
        }
    }

    /// <summary>Calls of now, a third of them closed by the sweep, and half of those corrected by their end.</summary>
    public async Task PlaceLive(int count)
    {
        var forgotten = new List<AuthorizeCallRequest>();
        for (var i = 0; i < count; i++)
        {
            var call = Any($"live-{i}");
            Assert.NotNull((await Calls.AuthorizeCallAsync(call)).Grant);
            if (i % 3 != 0)
            {
                await End(call, _random.Next(Durations.Length));
                continue;
            }
            if (i % 2 == 0) await Calls.ExtendCallAsync(new ExtendCallRequest { PbxId = pbx, CallId = call.CallId, RequestNumber = 1, UsedSeconds = 1 + (i * 7) });
            forgotten.Add(call);
        }
        host.Clock.Advance(TimeSpan.FromHours(5));
        await host.SweepAsync();
        for (var i = 0; i < forgotten.Count; i += 2) await End(forgotten[i], i % Durations.Length);
    }

    private static DateTime LastTurn(DateTime day)
    {
        var rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
        while (rome.GetUtcOffset(day) == rome.GetUtcOffset(day.AddDays(1))) day = day.AddDays(-1);
        return day;
    }

    private AuthorizeCallRequest Any(string callId)
    {
        var call = Operator.Call(pbx, callId, _random.Next(2) == 0 ? Operator.Italy : Operator.France);
        call.UserId = new[] { "", "anna", "bruno" }[_random.Next(3)];
        call.EdgeId = new[] { "", "sbc-1" }[_random.Next(2)];
        switch (_random.Next(5))
        {
            case 0:
                (call.Direction, call.Caller, call.Called) = (CallDirection.Inbound, Operator.Italy, Operator.NumberOf(pbx));
                break;
            case 1:
                (call.Internal, call.Caller, call.Called) = (true, "101", "102");
                break;
            default:
                break;
        }
        return call;
    }

    private async Task End(AuthorizeCallRequest call, int duration) => await Calls.EndCallAsync(new EndCallRequest
    {
        PbxId = pbx, CallId = call.CallId, DurationMs = Durations[duration],
        ReleaseCause = new ReleaseCause { Q850Cause = Durations[duration] == 0 ? 17 : _random.Next(2) * 16 },
    });
}
