namespace Classound.Storage;

/// <summary>The store cannot be used now, and what was asked for was definitely not applied.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
