using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>An officer leaves on this device.</summary>
sealed class SignOut : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", (Delegate)Post).AllowAnyone();

    static async Task<IResult> Post(HttpContext http)
    {
        await Session.End(http);
        return Answer.Done(http, "/sign-in", new { });
    }
}
