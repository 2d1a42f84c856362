using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Notices.Addresses;

/// <summary>An officer types the code that was sent to his address, or asks for another. A link only fills the code in.</summary>
sealed class ConfirmMail(NoticesDb db, MailAddresses addresses, Sight sight) : IUseCase
{
    public const string Path = "/notices/mail";

    public record Request([MaxLength(20), RegularExpression("^ *[0-9 ]{8,18}$")] string Code);

    /// <param name="Address">That is to be proved; null when none is.</param>
    /// <param name="Failure">What the mail server said against it.</param>
    public sealed record Response(string? Address, string? Failure);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Path, (string? code) => UiModule.Show<ConfirmMailPage>(new { Code = code ?? "" }))
            .RequireSignIn();
        routes.MapPost(Path, Post).RequireSignIn();
        routes.MapPost($"{Path}/again", PostAgain).RequireSignIn();
    }

    static async Task<IResult> Post(
        Input<Request> input,
        ConfirmMail useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        await useCase.Run(input.Value.Code.Replace(" ", "", StringComparison.Ordinal), cancel);
        http.Say("notices.mail.proved");
        return Answer.Done(http, "/notices/choices", new { });
    }

    static async Task<IResult> PostAgain(ConfirmMail useCase, HttpContext http, CancellationToken cancel)
    {
        await useCase.Again(cancel);
        http.Say("notices.mail.sent-again");
        return Answer.Done(http, Path, new { });
    }

    public async Task<Response> Look(CancellationToken cancel)
    {
        var proof = await db.Proof(sight.OfficerId!.Value, cancel);
        return new(proof?.Address, proof?.Failure);
    }

    async Task Run(string code, CancellationToken cancel)
    {
        var me = sight.OfficerId!.Value;
        // A mistake is counted, so it is refused when that is saved.
        if (!await db.Atomically(() => addresses.Prove(me, code, cancel), cancel))
            throw new RefusedException("mail.code") { Member = "code" };
    }

    Task Again(CancellationToken cancel) =>
        db.Atomically(() => addresses.AskAgain(sight.OfficerId!.Value, cancel), cancel);
}
