namespace Classound.Cluster.Tests.Faults;

internal enum FaultKind
{
    KilledSilo,
    TerminatedSilo,
    FrozenSilo,
    KilledRedis,
    DisturbedReplies,
    CutOffSilo,
    SteppedClock,
    FullStore,
}
