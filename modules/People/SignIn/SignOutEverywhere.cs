using Loa.Kernel;
using Loa.People.Officers;
using Loa.People.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>An officer leaves on all devices at once, for example after losing a phone.</summary>
sealed class SignOutEverywhere(SessionEnds ends, OfficerCases officers, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out-everywhere", Post).RequireSignIn();

    static async Task<IResult> Post(SignOutEverywhere useCase, HttpContext http, CancellationToken cancel)
    {
        await useCase.Run(cancel);
        await SessionCookie.Take(http);
        return Answer.Done(http, "/sign-in", new { });
    }

    public Task Run(CancellationToken cancel)
    {
        var officer = sight.OfficerId!.Value;
        return ends.With(
            officer,
            SessionEnd.Everywhere,
            () => officers.MoveOneself(officer, OfficerProcedure.SignOut, cancel),
            cancel
        );
    }
}
