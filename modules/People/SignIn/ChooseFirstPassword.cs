using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>A new officer turns the invitation he was given into a password of his own, and is signed in.</summary>
sealed class ChooseFirstPassword(
    PasswordCheck check,
    NewPassword newPassword,
    OfficerNames names,
    DeviceCookie devices,
    Arrival arrival
) : IUseCase
{
    public record Request(
        [MaxLength(64)] string UserName,
        [Secret, MaxLength(128)] string Invitation,
        [Secret, MaxLength(128)] string NewPassword
    );

    public record Response(Guid OfficerId, string Name, LastTime.Response Before);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/sign-in/first", (string? user) => UiModule.Show<FirstPasswordPage>(new { UserName = user ?? "" }))
            .AllowAnyone();
        routes.MapPost("/sign-in/first", Post).AddEndpointFilter<TurnAway>().AllowAnyone();
    }

    static async Task<IResult> Post(
        Input<Request> input,
        ChooseFirstPassword useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(input.Value, http, cancel);
        // Who was reset is told by whom; a new officer has nothing to look back at.
        return Answer.Done(http, response.Before.ResetBy is null ? "/" : "/account", response);
    }

    async Task<Response> Run(Request request, HttpContext http, CancellationToken cancel)
    {
        var visitor = Visitor.Of(http, devices);
        var opened = await check.Run(request.UserName, request.Invitation, visitor, cancel);
        Refuse.If(opened?.InvitedUntil is null, "sign-in.failed");
        var account = await newPassword.Set(opened, request.NewPassword, null, cancel);
        var name = await names.Of(account.Id, cancel);
        return new(account.Id, name, await arrival.Run(http, account, name, cancel));
    }
}
