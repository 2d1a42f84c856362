using System.ComponentModel.DataAnnotations;
using System.Text;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Packages;

/// <summary>An officer whose key may sign packages signs one in his browser, or takes one back.</summary>
sealed class SignPackage(
    DevicesDb db,
    Sight sight,
    ITrust trust,
    PackageCases packages,
    PackageCheck check,
    ForgetArchives archives,
    TimeProvider clock
) : IUseCase
{
    public record Request([MaxLength(16 * 1024)] string Package);

    public record Withdrawal([Prose, MaxLength(2000)] string Comment);

    public record Response(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/packages/{id:guid}/document", Document).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapPost("/packages/{id:guid}/sign", Post).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapPost("/packages/{id:guid}/withdraw", Withdraw).RequireRight(DevicesRights.UpdateSpeakers);
    }

    /// <summary>The exact text that is to be signed.</summary>
    static async Task<IResult> Document(Guid id, PackageCases packages, CancellationToken cancel) =>
        TypedResults.Text((await packages.See(id, cancel)).Document, "application/json");

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        SignPackage useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var signed = await useCase.Run(id, input.Value, cancel);
        http.Say("packages.signed");
        return Answer.Done(http, $"/packages/{id}", signed);
    }

    static async Task<IResult> Withdraw(
        Guid id,
        Input<Withdrawal> input,
        SignPackage useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var withdrawn = await useCase.Run(id, input.Value, cancel);
        http.Say("packages.withdrawn");
        return Answer.Done(http, $"/packages/{id}", withdrawn);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var stored = await packages.See(id, cancel);
        var found = await check.Check(request.Package, [], cancel);
        var mine = await trust.KeysOf(sight.OfficerId!.Value, "package", cancel);
        // A good signature by somebody else's key is not this officer's word.
        Refuse.Unless(mine.Contains(found.Signed.KeyId), "package.not-your-key");
        Refuse.Unless(Encoding.UTF8.GetString(found.Signed.Jws.Payload) == stored.Document, "package.not-this-one");
        await db.Atomically(
            () => packages.Sign(id, found.Signed.Compact, found.Delegations, found.Actor, clock.Moment(), cancel),
            cancel
        );
        return new(id, PackageProcedure.Signed);
    }

    public async Task<Response> Run(Guid id, Withdrawal request, CancellationToken cancel)
    {
        var stored = await packages.See(id, cancel);
        var actor = PackageCheck.Demand(sight, stored.Read().Units);
        await db.Atomically(() => packages.Withdraw(id, request.Comment, actor, clock.Moment(), cancel), cancel);
        await archives.One(stored.Digest, cancel);
        return new(id, PackageProcedure.Withdrawn);
    }
}
