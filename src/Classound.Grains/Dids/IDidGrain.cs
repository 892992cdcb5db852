using Classound.Grains.Pbxs;

namespace Classound.Grains.Dids;

/// <summary>
/// The one place that says whose a number is (key = its E.164 digits). It calls nobody: <see cref="DidOwnership"/> drives it and
/// the PBX through the claim protocol. Each answer is durable. Every method throws <see cref="ChargingUnavailableException"/> when the
/// change may or may not be stored.
/// </summary>
[Alias("classound.did")]
public interface IDidGrain : IGrainWithStringKey
{
    [Alias("describe"), ResponseTimeout("00:00:05")]
    Task<DidState> Describe();

    /// <summary>
    /// Free, or left unfinished by a claim of the same PBX: reserved for the PBX under this operation. Else unchanged: the
    /// state says who stands in the way.
    /// </summary>
    [Alias("claim"), ResponseTimeout("00:00:05")]
    Task<DidState> Claim(string pbxId, string operationId);

    /// <summary>
    /// The PBX's, free, or left unfinished by a release of the same PBX: reserved for taking it away under this operation.
    /// Else unchanged.
    /// </summary>
    [Alias("begin-release"), ResponseTimeout("00:00:05")]
    Task<DidState> BeginRelease(string pbxId, string operationId);

    /// <summary>For the sweep: takes up an operation that was left unfinished. False when it is not, or another sweep has it.</summary>
    [Alias("take-up"), ResponseTimeout("00:00:05")]
    Task<bool> TakeUp(string operationId);

    /// <summary>
    /// Ends an operation: the number is now <see cref="DidPhase.Owned"/> by its PBX, or <see cref="DidPhase.Free"/>. False when
    /// the operation is not the number's any more; then nothing changes.
    /// </summary>
    [Alias("finish"), ResponseTimeout("00:00:05")]
    Task<bool> Finish(string operationId, DidPhase outcome);
}
