using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Approval;

/// <summary>A leader who heard the bulletin approves it by his signature: from now on it may be put on the air.</summary>
sealed class ApproveBulletin(
    NewsroomDb db,
    BulletinCases cases,
    ReleaseTerms terms,
    SignatureCheck signature,
    TimeProvider clock
) : IUseCase
{
    /// <param name="Release">What GET …/release gave, signed by the leader's key: JWS compact.</param>
    public record Request([MaxLength(16 * 1024)] string Release, int Seen);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/{id:guid}/approve", Post).RequireRight(NewsroomRights.ApproveBulletins);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        ApproveBulletin useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, input.Value, cancel);
        http.Say("bulletin.said.approve");
        return Answer.Done(http, $"/bulletins/{id}", moved);
    }

    public async Task<BulletinMoved> Run(Guid id, Request request, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        var actor = cases.Demand(BulletinProcedure.Approve, bulletin);
        bulletin.Case.CheckSeen(request.Seen);
        bulletin.Case.CheckMover(BulletinProcedure.Approve, actor.OfficerId);
        var good = await signature.Check(request.Release, actor.OfficerId, cancel);
        terms.Check(good.Signed.Document, bulletin);

        // What was judged above is what is moved here: no act came between, or what he had seen refuses.
        return await db.Atomically(
            async () =>
            {
                var moved = await db.Move(
                    BulletinProcedure.Definition,
                    id,
                    BulletinProcedure.Approve,
                    new(
                        Patch(good),
                        Signature: good.Signed.Compact,
                        Papers: [good.Signed.Document.Digest],
                        Seen: request.Seen
                    ),
                    actor,
                    clock.Moment(),
                    cancel
                );
                db.Announce(new BulletinReleased(Releases.Of(moved, good.Delegations)));
                return BulletinMoved.Of(moved);
            },
            cancel
        );
    }

    static JsonObject Patch(CheckedRelease good)
    {
        var release = good.Signed.Document;
        return new()
        {
            ["release"] = good.Signed.Digest,
            ["units"] = new JsonArray([.. release.Units.Select(u => JsonValue.Create(u.ToString()))]),
            ["valid_from"] = release.NotBefore.ToUnixTimeMilliseconds(),
            ["valid_to"] = release.Expires.ToUnixTimeMilliseconds(),
            ["delegations"] = new JsonArray([.. good.Delegations.Select(d => JsonValue.Create(d))]),
        };
    }
}
