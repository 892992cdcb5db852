namespace Classound.Cluster.Tests.Edges;

/// <summary>One request of an edge, with all its repeats.</summary>
/// <param name="SentAt">When it was first sent.</param>
/// <param name="Retries">How often it was sent again.</param>
/// <param name="Answered">False when the edge gave it up.</param>
/// <param name="Failures">What happened to the first attempts.</param>
internal sealed record SentRequest(DateTime SentAt, int Retries, bool Answered, string Failures);
