using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.People.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

/// <summary>An officer changes his own password; his other sessions end, this one goes on.</summary>
sealed class ChangePassword(PeopleDb db, Gate gate, NewPassword newPassword, Sight sight) : IUseCase
{
    public record Request([Secret, MaxLength(128)] string OldPassword, [Secret, MaxLength(128)] string NewPassword);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/account", () => UiModule.Show<AccountPage>(new { })).RequireSignIn();
        routes.MapPost("/account/password", Post).RequireRateLimiting(SignInRate.Policy).RequireSignIn();
    }

    static async Task<IResult> Post(
        Input<Request> input,
        ChangePassword useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var account = await useCase.Run(input.Value, cancel);
        await Session.Start(http, account, useCase.Name);
        http.Say("password.changed");
        return Answer.Done(http, "/account", new { });
    }

    string Name => sight.OfficerName;

    public async Task<Account> Run(Request request, CancellationToken cancel)
    {
        var userName = await db.Accounts.Where(a => a.Id == sight.OfficerId).Select(a => a.UserName).FirstAsync(cancel);
        // Through the same gate: who finds an open session must not guess the password there.
        Refuse.If(await gate.Open(userName!, request.OldPassword, cancel) is null, "password.old-wrong");
        return await db.Atomically(() => newPassword.Set(sight.OfficerId!.Value, request.NewPassword, cancel), cancel);
    }
}
