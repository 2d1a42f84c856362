using Loa.Kernel;
using Loa.People.Security;
using Loa.People.Sessions;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>An officer sees his posts, when he was here last, what failed since, and on which devices he is signed in.</summary>
sealed class ShowAccount(LastTime last, SessionList sessions, SignInLog log, Sight sight) : IUseCase
{
    public record Response(LastTime.Response Before, IReadOnlyList<SessionList.Row> Sessions);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/account", () => UiModule.Show<AccountPage>(new { })).RequireSignIn();
        routes.MapGet("/api/account", Get).RequireSignIn();
    }

    static async Task<IResult> Get(ShowAccount useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(cancel));

    public async Task<Response> Run(CancellationToken cancel)
    {
        await log.Write(cancel);
        var officer = sight.OfficerId!.Value;
        return new(await last.Before(officer, sight.SessionId, cancel), await sessions.Of(officer, cancel));
    }
}
