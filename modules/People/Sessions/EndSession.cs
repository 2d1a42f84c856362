using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Sessions;

/// <summary>An officer ends one of his sessions, on a device he left or lost; an administrator one of an officer's.</summary>
sealed class EndSession(PeopleDb db, SessionEnds ends, OfficerCases officers, Sight sight) : IUseCase
{
    public record Response(Guid SessionId);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/sessions/{session:guid}/end", Own).RequireSignIn();
        routes
            .MapPost("/officers/{id:guid}/sessions/{session:guid}/end", OfOfficer)
            .RequireRight(PeopleRights.ManageOfficers);
    }

    static async Task<IResult> Own(Guid session, EndSession useCase, HttpContext http, CancellationToken cancel)
    {
        var officer = useCase.Oneself;
        await useCase.Run(officer, session, SessionEnd.Elsewhere, () => useCase.Act(officer, cancel), cancel);
        http.Say("session.ended");
        return Answer.Done(http, "/account", new Response(session));
    }

    static async Task<IResult> OfOfficer(
        Guid id,
        Guid session,
        EndSession useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        await useCase.RunAsAdministrator(id, session, cancel);
        http.Say("session.ended");
        return Answer.Done(http, $"/officers/{id}", new Response(session));
    }

    Guid Oneself => sight.OfficerId!.Value;

    Task Act(Guid officer, CancellationToken cancel) =>
        officers.MoveOneself(officer, OfficerProcedure.EndSession, cancel);

    async Task RunAsAdministrator(Guid id, Guid session, CancellationToken cancel)
    {
        var actor = officers.Demand(await officers.Get(id, cancel));
        await Run(
            id,
            session,
            SessionEnd.Administrator,
            () => officers.Move(id, OfficerProcedure.EndSession, null, null, actor, cancel),
            cancel
        );
    }

    async Task Run(Guid officer, Guid session, string why, Func<Task> act, CancellationToken cancel)
    {
        if (!await db.Sessions.AnyAsync(s => s.Id == session && s.OfficerId == officer && s.EndedAt == null, cancel))
            throw new MissingException("session");
        await ends.With(officer, why, act, cancel, only: session);
    }
}
