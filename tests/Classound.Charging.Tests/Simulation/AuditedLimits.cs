namespace Classound.Charging.Tests.Simulation;

/// <summary>Limits as the auditor sees them; 0 = none. Amounts in 10^-9 units.</summary>
internal readonly record struct AuditedLimits(long DayCap, long MonthCap, long PerMinute, int Calls, int Attempts, bool BarHighCost);
