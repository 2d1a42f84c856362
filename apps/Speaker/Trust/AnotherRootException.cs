namespace Loa.Speaker.Trust;

/// <summary>Somebody wants a speaker to obey another root than the one it has pinned.</summary>
public sealed class AnotherRootException(string message) : Exception(message);
