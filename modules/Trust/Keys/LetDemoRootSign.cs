using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Roots;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Keys;

/// <summary>In a demonstration the root lies on the server, so the officer who asked may let it sign at once. It is recorded like any grant.</summary>
sealed class LetDemoRootSign(DelegationCases delegations, ProvinceRoots roots, Sight sight) : IUseCase
{
    public record Response(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/keys/{id:guid}/demo-root", Post).RequireRight(TrustRights.HoldKey);

    static async Task<IResult> Post(Guid id, LetDemoRootSign useCase, HttpContext http, CancellationToken cancel)
    {
        var response = await useCase.Run(id, cancel);
        http.Say("keys.granted");
        return Answer.Done(http, "/keys", response);
    }

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var root = roots.DemoRoot;
        Refuse.If(root is null, "keys.no-demo-root");
        var asked = await delegations.Get(id, cancel);
        // Somebody else's request is none of his business, not even that it exists.
        if (asked.OfficerId != sight.OfficerId)
            throw new MissingException("delegation");
        Refuse.Unless(KeyReach.Covers(sight, asked.Document.Kinds, asked.Document.Units), "keys.beyond-posts");
        await delegations.Grant(
            asked,
            asked.Document.Sign(root),
            sight.Demand(TrustRights.HoldKey, asked.Document.Units[0]),
            cancel
        );
        return new(id, DelegationProcedure.Granted);
    }
}
