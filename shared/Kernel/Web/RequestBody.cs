namespace Loa.Kernel;

/// <summary>What a route reads from its body, for whoever describes the routes.</summary>
/// <param name="File">The field of a form that holds a file; null for a request that is JSON or a form alike.</param>
public sealed record RequestBody(Type Type, string? File = null);
