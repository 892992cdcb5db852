using Microsoft.Extensions.Logging;

namespace Classound.Grains.Dids;

/// <summary>Log events of DID ownership. Their names are stable; numbers are masked.</summary>
internal static partial class DidLog
{
    [LoggerMessage(3101, LogLevel.Error, "The state of a number could not be stored", EventName = "did_write_failed")]
    public static partial void WriteFailed(ILogger log, Exception error);

    [LoggerMessage(3102, LogLevel.Information, "The sweep settled {Number} of PBX {PbxId}, which was left {Phase}: now {Outcome}",
        EventName = "did_operation_settled")]
    public static partial void Settled(ILogger log, string number, string pbxId, DidPhase phase, DidPhase outcome);

    [LoggerMessage(3103, LogLevel.Warning, "An unfinished operation on {Number} could not be settled; it is tried again",
        EventName = "did_sweep_failed")]
    public static partial void SweepFailed(ILogger log, string number, Exception error);

    [LoggerMessage(3104, LogLevel.Warning, "The unfinished operations on numbers cannot be listed; it is tried again",
        EventName = "did_sweep_list_failed")]
    public static partial void ListFailed(ILogger log, Exception error);

    [LoggerMessage(3105, LogLevel.Warning, "A finished operation on {Number} could not be struck off; the sweep does it",
        EventName = "did_operation_not_struck_off")]
    public static partial void NotStruckOff(ILogger log, string number, Exception error);
}
