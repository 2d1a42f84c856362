using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.SignIn;

/// <summary>An officer signs in by name and password.</summary>
sealed class SignIn(Gate gate) : IUseCase
{
    public record Request(
        [MaxLength(64)] string UserName,
        [Secret, MaxLength(128)] string Password,
        [MaxLength(2000)] string? Next
    );

    public record Response(Guid OfficerId, string Name);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", Show).AllowAnyone();
        routes.MapPost("/sign-in", Post).RequireRateLimiting(SignInRate.Policy).AllowAnyone();
    }

    static IResult Show(string? next) => UiModule.Show<SignInPage>(new { Next = next ?? "" });

    static async Task<IResult> Post(
        Input<Request> input,
        SignIn useCase,
        OfficerNames names,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var account = await useCase.Run(input.Value, cancel);
        var name = await names.Of(account.Id, cancel);
        await Session.Start(http, account, name);
        return Answer.Done(http, OwnPage.Of(input.Value.Next), new Response(account.Id, name));
    }

    public async Task<Account> Run(Request request, CancellationToken cancel)
    {
        var account = await gate.Open(request.UserName, request.Password, cancel);
        Refuse.If(account is null, "sign-in.failed");
        Refuse.If(account.InvitedUntil is not null, "sign-in.choose-password");
        return account;
    }
}
