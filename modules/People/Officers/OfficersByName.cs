using Loa.Cases;
using Loa.Contracts.People;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Officers;

/// <summary>Finds the officers that somebody means who types a name into a filter.</summary>
sealed class OfficersByName(PeopleDb db) : IOfficers
{
    const int Most = 200;

    public async Task<IReadOnlyList<Guid>> Named(string text, CancellationToken cancel) =>
        await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == OfficerProcedure.Definition.Name)
            .WithWords(text)
            .OrderBy(c => c.TitleKey)
            .Select(c => c.Id)
            .Take(Most)
            .ToListAsync(cancel);
}
