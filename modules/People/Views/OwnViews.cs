using Loa.Contracts.People;
using Loa.People.Data;
using Loa.Vietnamese;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Views;

/// <summary>Finds the views that an officer saved.</summary>
sealed class OwnViews(PeopleDb db) : ISavedViews
{
    public async Task<IReadOnlyList<SavedView>> Of(Guid officer, string page, CancellationToken cancel) =>
        ByName(await db.Views.AsNoTracking().Where(v => v.OfficerId == officer && v.Page == page).ToListAsync(cancel));

    /// <summary>All of his, of whatever page.</summary>
    public async Task<IReadOnlyList<SavedView>> Of(Guid officer, CancellationToken cancel) =>
        ByName(await db.Views.AsNoTracking().Where(v => v.OfficerId == officer).ToListAsync(cancel));

    static IReadOnlyList<SavedView> ByName(IEnumerable<KeptView> views) =>
        [
            .. views
                .OrderBy(v => SortKey.Of(v.Name), StringComparer.Ordinal)
                .ThenBy(v => v.Address, StringComparer.Ordinal)
                .Select(v => new SavedView(v.Id, v.Name, v.Address)),
        ];
}
