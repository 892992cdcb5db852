namespace Classound.Cluster.Tests.Edges;

/// <summary>One request of an edge, with all its repeats.</summary>
/// <param name="Reply">What it asked for: the name of the reply's message.</param>
/// <param name="Kind">Of the way it went.</param>
/// <param name="SentAt">When it was first sent.</param>
/// <param name="Took">From then until it was answered or given up, pauses before repeats among it.</param>
/// <param name="Retries">How often it was sent again.</param>
/// <param name="Answered">False when the edge gave it up.</param>
/// <param name="Failures">What happened to the first attempts.</param>
internal sealed record SentRequest(string Reply, string Kind, DateTime SentAt, TimeSpan Took, int Retries, bool Answered, string Failures);
