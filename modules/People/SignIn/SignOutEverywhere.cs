using Loa.Kernel;
using Loa.People.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

/// <summary>An officer leaves on all devices at once, for example after losing a phone.</summary>
sealed class SignOutEverywhere(PeopleDb db, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out-everywhere", Post).RequireSignIn();

    static async Task<IResult> Post(SignOutEverywhere useCase, HttpContext http, CancellationToken cancel)
    {
        await useCase.Run(cancel);
        await Session.End(http);
        return Answer.Done(http, "/sign-in", new { });
    }

    public Task Run(CancellationToken cancel) => EndSessions(db, sight.OfficerId!.Value, cancel);

    public static async Task EndSessions(PeopleDb db, Guid officerId, CancellationToken cancel)
    {
        var stamp = Passwords.NewStamp();
        await db
            .Accounts.Where(a => a.Id == officerId)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.SecurityStamp, stamp), cancel);
    }
}
