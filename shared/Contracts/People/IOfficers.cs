namespace Loa.Contracts.People;

/// <summary>What the other modules ask of officers by their names.</summary>
public interface IOfficers
{
    /// <summary>Those whose name or account holds every word that was typed, each by its beginning; at most as many as a filter can mean.</summary>
    Task<IReadOnlyList<Guid>> Named(string text, CancellationToken cancel);
}
