namespace Classound.Storage;

/// <summary>
/// The store did not answer in time or the connection broke: what was asked for may or may not be applied, now or in a moment.
/// A writer sends the same commit again, unchanged, until it gets a definite answer.
/// </summary>
public sealed class StoreOutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
