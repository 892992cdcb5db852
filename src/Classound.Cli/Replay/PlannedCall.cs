using Classound.Cli.Cdr;

namespace Classound.Cli.Replay;

/// <summary>An outgoing row as the edge will ask for it.</summary>
/// <param name="Row">The row.</param>
/// <param name="CallId">File hash and line.</param>
/// <param name="Caller">E.164, or as written when it cannot be made E.164.</param>
/// <param name="Called">E.164; an emergency number or what cannot be made E.164 stands as dialled, for the service to decide.</param>
/// <param name="IsEmergency">By the country's own short numbers.</param>
/// <param name="UsesMainNumber">The row had no E.164 caller and the given main number stands for it.</param>
public sealed record PlannedCall(CdrCall Row, string CallId, string Caller, string Called, bool IsEmergency, bool UsesMainNumber);
