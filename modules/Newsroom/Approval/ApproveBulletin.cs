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
sealed class ApproveBulletin(NewsroomDb db, Cases<Bulletin> cases, ReleaseTerms terms, SignatureCheck signature)
    : IUseCase
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

    public async Task<CaseMoved> Run(Guid id, Request request, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        var actor = await cases.Demand(BulletinProcedure.Approve, bulletin, request.Seen, cancel);
        var good = await signature.Check(request.Release, actor.OfficerId, cancel);
        terms.Check(good.Signed.Document, bulletin);

        // What was judged is what is moved: when an act came between, it is refused.
        return await db.Atomically(
            async () =>
            {
                var (compact, papers) = (good.Signed.Compact, good.Signed.Document.Digest);
                var deed = new Deed(Patch(good), Signature: compact, Papers: [papers]);
                var moved = await cases.Move(bulletin, BulletinProcedure.Approve, deed, actor, cancel);
                db.Announce(new BulletinReleased(Releases.Of(moved.Case, compact, good.Delegations)));
                return CaseMoved.Of(moved.Case);
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
