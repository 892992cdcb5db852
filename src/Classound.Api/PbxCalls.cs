using System.Diagnostics.Metrics;
using Classound.Grains.Pbxs;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Classound.Api;

/// <summary>
/// Asks the grain of a PBX, and asks again where no silo took the question or the one that did lost the PBX meanwhile: a
/// silo that stops or dies must not make its peers' edges repeat. Only for what is safe to repeat, which every method of a
/// call is.
/// </summary>
public sealed class PbxCalls(PbxGrains grains, TimeProvider clock, IOptions<ClassoundApiOptions> options)
{
    public const string MeterName = "Classound.Api";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    // Less is no question: nobody would be there for the answer, and the grain grants all the same.
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(50);

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Repeats = Meter.CreateCounter<long>(
        "classound.api.repeats", "{repeat}", "Questions to a PBX asked again: no silo took them, or its owner changed").FromZero("reason", "not_delivered");

    /// <summary>For new use of a call: an edge is told within a second to refuse what cannot be decided.</summary>
    public Task<T> Decide<T>(string pbxId, Func<IPbxGrain, Task<T>> ask) => Ask(pbxId, ask, options.Value.ChargeableTimeout);

    /// <summary>For what has happened: nobody waits for the answer, so it is worth waiting for the PBX's next silo.</summary>
    public Task<T> Report<T>(string pbxId, Func<IPbxGrain, Task<T>> ask) => Ask(pbxId, ask, options.Value.ReportTimeout);

    public Task<T> Read<T>(string pbxId, Func<IPbxGrain, Task<T>> ask) => Ask(pbxId, ask, options.Value.ReadTimeout);

    private async Task<T> Ask<T>(string pbxId, Func<IPbxGrain, Task<T>> ask, TimeSpan budget)
    {
        var (grain, started, pause) = (grains.Of(pbxId), clock.GetTimestamp(), FirstPause);
        while (true)
        {
            try
            {
                // The grain goes on where we stop waiting: what it decides is what the repeat will find.
                return await ask(grain).WaitAsync(Left(), clock);
            }
            catch (Exception e) when (MayBeRepeated(e) && Left() > pause + LeastTime)
            {
                await Task.Delay(pause, clock);
                // On a busy machine the pause may be much longer than it was to be.
                if (Left() < LeastTime)
                {
                    FailedSpans.Mark(e);
                    throw;
                }
                Repeats.Add(1, new KeyValuePair<string, object?>("reason", e is ChargingUnavailableException ? "owner_changed" : "not_delivered"));
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (Exception e) when (FailedSpans.Mark(e))
            {
                throw; // never: the filter has only looked
            }
        }

        TimeSpan Left() => budget - clock.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // No time-out: whoever is silent is asked again by the edge, after it was told so.
    private static bool MayBeRepeated(Exception e) =>
        e is OrleansMessageRejectionException or ConnectionFailedException or ChargingUnavailableException { OwnerChanged: true };
}
