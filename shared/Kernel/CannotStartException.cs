namespace Loa.Kernel;

/// <summary>A start that cannot be, told in one sentence to the operator who can mend it.</summary>
public sealed class CannotStartException(string key, params object[] values) : Exception(Words.Get(key, values));
