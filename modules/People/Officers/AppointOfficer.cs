using System.ComponentModel.DataAnnotations;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Officers;

/// <summary>An administrator gives an officer one more post.</summary>
sealed class AppointOfficer(OfficerCases officers, Sight sight, TimeProvider clock) : IUseCase
{
    public record Request(Guid PostUnit, [MaxLength(40)] string PostRole, DateOnly? PostFrom, DateOnly? PostTo);

    public record Response(Guid OfficerId, Guid PostId);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/{id:guid}/posts", Post).RequireRight(PeopleRights.ManageOfficers);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        AppointOfficer useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Created(http, $"/officers/{id}", await useCase.Run(id, input.Value, cancel));

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var (unit, role, from, to) = request;
        officers.RefuseOneself(id);
        officers.Demand(await officers.Get(id, cancel));
        var actor = sight.Demand(PeopleRights.ManageOfficers, unit);
        var post = Appointment.Make(sight.Roles, unit, role, from ?? clock.Today(), to);
        var postId = Guid.Parse(post["post_id"]!.GetValue<string>());
        await officers.Move(
            id,
            OfficerProcedure.Appoint,
            post,
            null,
            actor,
            cancel,
            toUnit: unit,
            (officer, units) => PostRules.CheckGiven(officer, postId, units)
        );
        return new(id, postId);
    }
}
