using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.People.Units;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Officers;

/// <summary>An administrator says which day is the last of a post; without one, yesterday was.</summary>
sealed class EndPost(OfficerCases officers, ITrust trust, Sight sight, TimeProvider clock) : IUseCase
{
    public record Request(DateOnly? PostTo);

    public record Response(Guid OfficerId, Guid PostId, DateOnly LastDay);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/{id:guid}/posts/{post:guid}/end", Post).RequireRight(PeopleRights.ManageOfficers);

    static async Task<IResult> Post(
        Guid id,
        Guid post,
        Input<Request> input,
        EndPost useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, $"/officers/{id}", await useCase.Run(id, post, input.Value, cancel));

    public async Task<Response> Run(Guid id, Guid postId, Request request, CancellationToken cancel)
    {
        var officer = await officers.Get(id, cancel);
        var post = officer.Posts.FirstOrDefault(p => p.Id == postId) ?? throw new MissingException("post");
        Refuse.If(post.IsOver(clock.Today()), "officer.post-over");
        var actor = sight.Tree.Find(post.UnitId) is null
            ? officers.Demand(officer)
            : sight.Demand(PeopleRights.ManageOfficers, post.UnitId);
        var last = request.PostTo ?? clock.Today().AddDays(-1);
        // An end put off is a longer post.
        if (post.To < last)
            officers.RefuseOneself(id);
        await officers.Move(
            id,
            OfficerProcedure.EndPost,
            new() { ["post_id"] = postId.ToString(), ["post_to"] = UnitStep.Text(last) },
            null,
            actor,
            cancel,
            // Without a day it ends at once, even one that has not begun: that is always possible.
            rule: request.PostTo is null ? null : (after, units) => PostRules.CheckEnded(after, postId, units)
        );
        await trust.TakeBack(id, HolderGone.PostOver, cancel);
        return new(id, postId, last);
    }
}
