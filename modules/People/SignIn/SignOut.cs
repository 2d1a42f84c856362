using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Security;
using Loa.People.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>An officer leaves on this device; every copy of its cookie is dead from now on.</summary>
sealed class SignOut(SessionEnds ends, SignInLog log, DeviceCookie devices, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", Post).AllowAnyone();

    static async Task<IResult> Post(SignOut useCase, HttpContext http, CancellationToken cancel)
    {
        await useCase.Run(http, cancel);
        await SessionCookie.Take(http);
        return Answer.Done(http, "/sign-in", new { });
    }

    async Task Run(HttpContext http, CancellationToken cancel)
    {
        if (sight.OfficerId is not { } officer || sight.SessionId is not { } session)
            return;
        await ends.End(officer, SessionEnd.SignOut, cancel, only: session);
        log.Note(officer, Visitor.Of(http, devices), SignInOutcome.Out);
    }
}
