using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Roots;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Revoking;

/// <summary>
/// An administrator takes a delegation back, or the whole key when a device was lost. A demo root signs the new list at once;
/// of a real root the list is fetched here, signed by its keeper, and brought to <see cref="PublishRevocations"/>.
/// </summary>
sealed class RevokeDelegation(DelegationCases delegations, RevocationList list, ProvinceRoots roots, Sight sight)
    : IUseCase
{
    /// <param name="WholeKey">The key is lost: nothing that it signs counts any more, nor may it be delegated again.</param>
    public record Request([Prose, MaxLength(2000)] string Reason, bool WholeKey = false);

    public record Response(Guid Id, string State, long RevocationsVersion);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/trust/{id:guid}/revoke", Post).RequireRight(TrustRights.ManageTrust);
        routes.MapGet("/trust/{id:guid}/revocations", GetNext).RequireRight(TrustRights.ManageTrust);
    }

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        RevokeDelegation useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(id, input.Value, cancel);
        http.Say("trust.revoked");
        return Answer.Done(http, "/trust", response);
    }

    static async Task<IResult> GetNext(Guid id, bool? wholeKey, RevokeDelegation useCase, CancellationToken cancel) =>
        AirFile.Download(await useCase.Next(id, wholeKey ?? false, cancel), "revocations");

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var root = roots.DemoRoot;
        Refuse.If(root is null, "trust.revoke-by-hand");
        var next = await Next(id, request.WholeKey, cancel);
        await list.Publish(next.Sign(root), request.Reason, units => sight.DemandTrust(units), cancel);
        return new(id, DelegationProcedure.Revoked, next.Version);
    }

    public async Task<Air.Revocations> Next(Guid id, bool wholeKey, CancellationToken cancel)
    {
        var delegation = await delegations.Get(id, cancel);
        sight.DemandTrust(delegation.Document.Units);
        Refuse.If(delegation.State != DelegationProcedure.Granted, "trust.not-granted");
        return await list.Next(delegation, wholeKey, cancel);
    }
}
