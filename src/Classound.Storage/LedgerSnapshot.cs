namespace Classound.Storage;

/// <summary>What a PBX's live ledger (section 0) held at one instant: version and fields belong together.</summary>
/// <param name="Version">Token of the last commit; null when the PBX was never written.</param>
/// <param name="Fields">Field name to value, as written. Names compare ordinally.</param>
public sealed record LedgerSnapshot(LedgerVersion? Version, IReadOnlyDictionary<string, byte[]> Fields);
