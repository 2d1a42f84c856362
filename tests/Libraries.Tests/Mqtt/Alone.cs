namespace Loa.Mqtt;

/// <summary>Tests that measure the whole process, and therefore run when nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
