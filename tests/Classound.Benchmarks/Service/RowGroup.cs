namespace Classound.Benchmarks.Service;

/// <summary>What is measured together, in this order. Each group starts its processes and stops them.</summary>
internal enum RowGroup
{
    Main,
    Sqlite,
    Pbxs,
    Silos,

    /// <summary>Rates at 1 and at 32 in flight. No row: nothing has to be reached.</summary>
    InFlight,
}
