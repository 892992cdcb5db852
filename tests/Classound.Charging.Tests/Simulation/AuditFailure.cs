namespace Classound.Charging.Tests.Simulation;

/// <summary>The books of the PBX and of its auditor differ.</summary>
internal sealed class AuditFailure(string message) : Exception(message);
