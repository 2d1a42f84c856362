using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

/// <summary>An officer changes his own password; his other sessions end, this one goes on.</summary>
sealed class ChangePassword(
    PeopleDb db,
    PasswordCheck check,
    NewPassword newPassword,
    DeviceCookie devices,
    Sight sight
) : IUseCase
{
    public record Request([Secret, MaxLength(128)] string OldPassword, [Secret, MaxLength(128)] string NewPassword);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/account/password", Post).AddEndpointFilter<TurnAway>().RequireSignIn();

    static async Task<IResult> Post(
        Input<Request> input,
        ChangePassword useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        await useCase.Run(input.Value, http, cancel);
        http.Say("password.changed");
        return Answer.Done(http, "/account", new { });
    }

    async Task Run(Request request, HttpContext http, CancellationToken cancel)
    {
        var userName = await db.Accounts.Where(a => a.Id == sight.OfficerId).Select(a => a.UserName).FirstAsync(cancel);
        var visitor = Visitor.Of(http, devices);
        // By the same check: who finds an open session must not guess the password there.
        var opened = await check.Run(userName!, request.OldPassword, visitor, cancel);
        Refuse.If(opened is null, "password.old-wrong");
        devices.Remember(http, await newPassword.Set(opened, request.NewPassword, sight.SessionId, cancel));
    }
}
