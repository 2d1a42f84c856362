using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>An officer signs in by name and password.</summary>
sealed class SignIn(PasswordCheck check, OfficerNames names, DeviceCookie devices, Arrival arrival) : IUseCase
{
    public record Request(
        [MaxLength(64)] string UserName,
        [Secret, MaxLength(128)] string Password,
        [MaxLength(2000)] string? Next
    );

    public record Response(Guid OfficerId, string Name, LastTime.Response Before);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", Show).AllowAnyone();
        routes.MapPost("/sign-in", Post).AddEndpointFilter<TurnAway>().AllowAnyone();
    }

    static IResult Show(string? next, bool? expired) =>
        UiModule.Show<SignInPage>(new { Next = next ?? "", Expired = expired == true });

    static async Task<IResult> Post(Input<Request> input, SignIn useCase, HttpContext http, CancellationToken cancel)
    {
        var response = await useCase.Run(input.Value, http, cancel);
        if (response.Before.IsWorthALook)
            http.Say("sign-in.look");
        return Answer.Done(http, OwnPage.Of(input.Value.Next), response);
    }

    async Task<Response> Run(Request request, HttpContext http, CancellationToken cancel)
    {
        var account = await check.Run(request.UserName, request.Password, Visitor.Of(http, devices), cancel);
        Refuse.If(account is null, "sign-in.failed");
        Refuse.If(account.InvitedUntil is not null, "sign-in.choose-password");
        var name = await names.Of(account.Id, cancel);
        return new(account.Id, name, await arrival.Run(http, account, name, cancel));
    }
}
