namespace Loa.Contracts.People;

/// <summary>A list as an officer once narrowed, sorted and laid it out, by the name he gave it.</summary>
/// <param name="Address">The page with all that was asked of it; whoever may open the page may be given it.</param>
public sealed record SavedView(Guid Id, string Name, string Address);

/// <summary>The views that officers saved.</summary>
public interface ISavedViews
{
    /// <summary>Those of one officer and one page, by their names.</summary>
    Task<IReadOnlyList<SavedView>> Of(Guid officer, string page, CancellationToken cancel);
}
