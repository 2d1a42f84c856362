using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>Tells a program as whom it is signed in, by which posts, with which rights.</summary>
sealed class ShowMe(Sight sight) : IUseCase
{
    public record HeldPost(Guid Id, Guid UnitId, string Unit, string Role);

    public record Response(Guid OfficerId, string Name, IReadOnlyList<HeldPost> Posts, IReadOnlyList<string> Rights);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/me", Get).RequireSignIn();

    static Ok<Response> Get(ShowMe useCase) => TypedResults.Ok(useCase.Run());

    public Response Run() =>
        new(
            sight.OfficerId!.Value,
            sight.OfficerName,
            [.. sight.Posts.Select(p => new HeldPost(p.Id, p.UnitId, sight.Tree.NameOf(p.UnitId), p.Role))],
            sight.Rights
        );
}
