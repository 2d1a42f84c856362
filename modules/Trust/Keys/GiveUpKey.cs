using Loa.Cases;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Data;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Keys;

/// <summary>
/// An officer reports that his browser no longer holds a key of his: a demo root takes its delegation back at once, for a real root
/// the revocation is drawn up.
/// </summary>
sealed class GiveUpKey(TrustDb db, DelegationCases delegations, Orphans orphans, Sight sight, TimeProvider clock)
    : IUseCase
{
    public record Response(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/keys/{id:guid}/give-up", Post).RequireRight(TrustRights.HoldKey);

    static async Task<IResult> Post(Guid id, GiveUpKey useCase, HttpContext http, CancellationToken cancel)
    {
        var response = await useCase.Run(id, cancel);
        http.Say("keys.given-up");
        return Answer.Done(http, "/keys", response);
    }

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var mine = await delegations.Get(id, cancel);
        // Somebody else's key is none of his business, not even that it exists.
        if (mine.OfficerId != sight.OfficerId)
            throw new MissingException("delegation");
        var post = sight.Posts[0];
        await db.Move(
            DelegationProcedure.Definition,
            id,
            DelegationProcedure.GiveUp,
            new Deed(),
            new ActingOfficer(post.Id, post.OfficerId, post.OfficerName, post.UnitId),
            clock.Moment(),
            cancel
        );
        await orphans.Revoke(sight.OfficerId, Words.Get("keys.given-up"), cancel);
        return new(id, (await delegations.Get(id, cancel)).State);
    }
}
