using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Officers;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

/// <summary>What an officer is called.</summary>
sealed class OfficerNames(PeopleDb db)
{
    public async Task<string> Of(Guid officerId, CancellationToken cancel) =>
        await db
            .Cases.Where(c => c.Id == officerId && c.Procedure == OfficerProcedure.Definition.Name)
            .Select(c => c.Title)
            .FirstOrDefaultAsync(cancel)
        ?? throw new MissingException("officer");
}
