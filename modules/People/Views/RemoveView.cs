using Loa.Kernel;
using Loa.People.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Views;

/// <summary>An officer throws away a view he saved.</summary>
sealed class RemoveView(PeopleDb db, Sight sight) : IUseCase
{
    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/views/{id:guid}/remove", Post).RequireSignIn();

    static async Task<IResult> Post(Guid id, RemoveView useCase, HttpContext http, CancellationToken cancel)
    {
        await useCase.Run(id, cancel);
        http.Say("views.removed");
        return Answer.Done(http, "/views", new Response(id));
    }

    public async Task Run(Guid id, CancellationToken cancel)
    {
        var removed = await db
            .Views.Where(v => v.Id == id && v.OfficerId == sight.OfficerId)
            .ExecuteDeleteAsync(cancel);
        if (removed == 0)
            throw new MissingException("view");
    }
}
