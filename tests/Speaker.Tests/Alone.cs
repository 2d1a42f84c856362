namespace Loa.Speaker;

/// <summary>Tests that measure moments of real time, and therefore run when nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
