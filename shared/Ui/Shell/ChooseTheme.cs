using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Ui;

/// <summary>A reader chooses a light or a dark console, or leaves it to his device.</summary>
static class ChooseTheme
{
    public record Request([MaxLength(10)] string Theme, [MaxLength(2000)] string Back);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/theme", Answer).AllowAnyone();

    static RedirectHttpResult Answer(Input<Request> input, HttpContext http)
    {
        Theme.Choose(http, input.Value.Theme);
        return TypedResults.LocalRedirect(OwnPage.Of(input.Value.Back));
    }
}
