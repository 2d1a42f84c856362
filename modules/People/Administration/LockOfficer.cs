using System.ComponentModel.DataAnnotations;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.People.Officers;
using Loa.People.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Administration;

/// <summary>An administrator locks an officer out: his sessions end at once and he holds no post until he is let in again.</summary>
sealed class LockOfficer(OfficerCases officers, SessionEnds ends, ITrust trust) : IUseCase
{
    public record Request([Prose, MaxLength(2000)] string Reason);

    public record Response(Guid OfficerId, string State);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/{id:guid}/lock", Post).RequireRight(PeopleRights.ManageOfficers);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        LockOfficer useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, $"/officers/{id}", await useCase.Run(id, input.Value, cancel));

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        officers.RefuseOneself(id);
        var actor = officers.Demand(await officers.Get(id, cancel));
        await ends.With(
            id,
            SessionEnd.Lock,
            () => officers.Move(id, OfficerProcedure.Lock, null, request.Reason, actor, cancel),
            cancel
        );
        await trust.TakeBack(id, HolderGone.Locked, cancel);
        return new(id, OfficerProcedure.Locked);
    }
}
