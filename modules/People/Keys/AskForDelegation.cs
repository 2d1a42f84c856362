using System.ComponentModel.DataAnnotations;
using Loa.Air;
using Loa.Jose;
using Loa.Kernel;
using Loa.People.Trust;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Loa.People.Keys;

/// <summary>A leader's browser made a key; he asks the root to let it release bulletins for the units of his posts.</summary>
sealed class AskForDelegation(
    Delegations delegations,
    RevocationList revocations,
    Sight sight,
    IOptions<TrustOptions> options,
    TimeProvider clock
) : IUseCase
{
    /// <param name="Classes">ordinary, priority, emergency; all three when left out.</param>
    /// <param name="Units">All units of his posts when left out.</param>
    public record Request(
        Jwk Jwk,
        [MaxLength(2000)] string Proof,
        [MaxLength(3)] string[]? Classes,
        [MaxLength(256)] Guid[]? Units
    );

    public record Response(Guid Id, string Kid, string State);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/keys", Post).RequireRight(Rights.HoldKey);

    static async Task<IResult> Post(
        Input<Request> input,
        AskForDelegation useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(input.Value, cancel);
        http.Say("keys.asked");
        return Answer.Created(http, "/keys", response);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var officer = sight.OfficerId!.Value;
        var now = clock.Moment();
        var kid = KeyProof.Check(request.Jwk, request.Proof, officer, now).KeyId;
        Guid[] units = request.Units is { Length: > 0 } wanted ? [.. wanted.Distinct()] : [.. KeyReach.Units(sight)];
        Refuse.If(units.Length == 0, "keys.no-post");
        Refuse.Unless(KeyReach.Covers(sight, units), "keys.beyond-posts");
        Refuse.If((await revocations.InForce(cancel))?.Document.Kids.Contains(kid) == true, "keys.revoked");

        var known = await delegations.OfKey(kid, cancel);
        Refuse.If(known.Any(d => d.OfficerId != officer), "keys.of-another");
        if (known.FirstOrDefault(d => d.State == DelegationProcedure.Asked) is { } asked)
            return new(asked.Id, kid, asked.State);
        var document = new Delegation(
            Guid.CreateVersion7(),
            kid,
            request.Jwk,
            sight.OfficerName,
            [AirKind.Release],
            ClassesOf(request),
            units,
            now,
            now.AddDays(options.Value.MostDays)
        );
        await delegations.Ask(document, officer, request.Proof, sight.Demand(Rights.HoldKey, units[0]), cancel);
        return new(document.Id, kid, DelegationProcedure.Asked);
    }

    static IReadOnlyList<AirClass> ClassesOf(Request request)
    {
        if (request.Classes is not { Length: > 0 } words)
            return Enum.GetValues<AirClass>();
        var known = Enum.GetValues<AirClass>().ToDictionary(c => c.ToString().ToLowerInvariant());
        return words.All(known.ContainsKey)
            ? [.. words.Distinct().Select(w => known[w])]
            : throw new InvalidException("classes", "allowed-values");
    }
}
