namespace Loa;

/// <summary>Tests that measure how long something takes, and therefore run when nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
