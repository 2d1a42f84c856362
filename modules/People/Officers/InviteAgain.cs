using Loa.Kernel;
using Loa.People.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Officers;

/// <summary>An administrator resets a forgotten password: the old one ends, a new invitation is handed over.</summary>
sealed class InviteAgain(PeopleDb db, OfficerDesk desk, Invitations invitations) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/{id:guid}/invitation", Post).RequireRight(Rights.ManageOfficers);

    static async Task<IResult> Post(Guid id, InviteAgain useCase, HttpContext http, CancellationToken cancel) =>
        Invitations.Show(http, await useCase.Run(id, cancel));

    public async Task<Invitation> Run(Guid id, CancellationToken cancel)
    {
        desk.Demand(await desk.Get(id, cancel));
        return await db.Atomically(
            async () => invitations.Put(await db.Accounts.FirstAsync(a => a.Id == id, cancel)),
            cancel
        );
    }
}
