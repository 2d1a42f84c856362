namespace Loa;

/// <summary>Tests that run when nothing else does: they measure how long something takes, or turn the clock that all share.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
