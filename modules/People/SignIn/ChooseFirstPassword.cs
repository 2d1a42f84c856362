using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.People.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>A new officer turns the invitation he was given into a password of his own, and is signed in.</summary>
sealed class ChooseFirstPassword(PeopleDb db, Gate gate, NewPassword newPassword, OfficerNames names) : IUseCase
{
    public record Request(
        [MaxLength(64)] string UserName,
        [Secret, MaxLength(128)] string Invitation,
        [Secret, MaxLength(128)] string NewPassword
    );

    public record Response(Guid OfficerId, string Name);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/sign-in/first", (string? user) => UiModule.Show<FirstPasswordPage>(new { UserName = user ?? "" }))
            .AllowAnyone();
        routes.MapPost("/sign-in/first", Post).RequireRateLimiting(SignInRate.Policy).AllowAnyone();
    }

    static async Task<IResult> Post(
        Input<Request> input,
        ChooseFirstPassword useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var (account, name) = await useCase.Run(input.Value, cancel);
        await Session.Start(http, account, name);
        return Answer.Done(http, "/", new Response(account.Id, name));
    }

    public async Task<(Account Account, string Name)> Run(Request request, CancellationToken cancel)
    {
        var opened = await gate.Open(request.UserName, request.Invitation, cancel);
        Refuse.If(opened?.InvitedUntil is null, "sign-in.failed");
        var account = await db.Atomically(() => newPassword.Set(opened.Id, request.NewPassword, cancel), cancel);
        return (account, await names.Of(account.Id, cancel));
    }
}
