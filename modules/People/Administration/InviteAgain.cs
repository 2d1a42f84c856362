using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.People.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Administration;

/// <summary>An administrator resets another's forgotten password: the old one ends, a new invitation is handed over.</summary>
sealed class InviteAgain(PeopleDb db, OfficerCases officers, Invitations invitations, SessionEnds ends) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/{id:guid}/invitation", Post).RequireRight(PeopleRights.ManageOfficers);

    static async Task<IResult> Post(Guid id, InviteAgain useCase, HttpContext http, CancellationToken cancel) =>
        Invitations.Show(http, await useCase.Run(id, cancel));

    public async Task<Invitation> Run(Guid id, CancellationToken cancel)
    {
        officers.RefuseOneself(id);
        var actor = officers.Demand(await officers.Get(id, cancel));
        Invitation? invitation = null;
        await ends.With(
            id,
            SessionEnd.Reset,
            async () =>
            {
                invitation = invitations.Put(await db.Accounts.FirstAsync(a => a.Id == id, cancel));
                await officers.Move(id, OfficerProcedure.Reset, null, null, actor, cancel);
            },
            cancel
        );
        return invitation!;
    }
}
