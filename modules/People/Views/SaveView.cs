using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.People.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Views;

/// <summary>An officer keeps a list as he sees it now under a name; the same name again keeps what he sees then.</summary>
sealed class SaveView(PeopleDb db, Sight sight) : IUseCase
{
    // Nobody finds his way among more.
    const int Most = 100;

    public record Request(
        [MaxLength(KeptView.LongestName)] string ViewName,
        [MaxLength(KeptView.LongestAddress)] string Address
    );

    public record Response(Guid Id, string Address);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/views", Post).RequireSignIn();

    static async Task<IResult> Post(Input<Request> input, SaveView useCase, HttpContext http, CancellationToken cancel)
    {
        var saved = await useCase.Run(input.Value, cancel);
        http.Say("views.saved");
        return Answer.Done(http, saved.Address, saved);
    }

    // Atomic, because a button may be pressed twice: of two with one name the later is kept.
    public Task<Response> Run(Request request, CancellationToken cancel) =>
        db.Atomically(() => Save(request, cancel), cancel);

    async Task<Response> Save(Request request, CancellationToken cancel)
    {
        var (officer, name) = (sight.OfficerId!.Value, request.ViewName.Trim());
        var address = OwnPage.Of(request.Address);
        var page = address.Split('?')[0];
        var mine = db.Views.Where(v => v.OfficerId == officer);
        var view = await mine.FirstOrDefaultAsync(v => v.Page == page && v.Name == name, cancel);
        if (view is null)
        {
            Refuse.If(await mine.CountAsync(cancel) >= Most, "views.too-many", Most);
            view = new()
            {
                Id = Guid.CreateVersion7(),
                OfficerId = officer,
                Page = page,
                Name = name,
                Address = address,
            };
            db.Add(view);
        }
        view.Address = address;
        return new(view.Id, address);
    }
}
