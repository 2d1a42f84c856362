using System.ComponentModel.DataAnnotations;
using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Loa.Trust.Keys;

/// <summary>
/// An officer's browser made a key; he asks the root to let it sign, for the units of his posts, what those posts are for: a leader
/// releases, a technician placements and, when he says so, packages.
/// </summary>
sealed class AskForDelegation(
    DelegationCases delegations,
    RevocationList revocations,
    Sight sight,
    IOptions<TrustOptions> options,
    TimeProvider clock
) : IUseCase
{
    const int MostWaiting = 20;

    /// <param name="Kinds">release, placement, package; what his posts do each day when left out.</param>
    /// <param name="Classes">ordinary, priority, emergency; all three when left out.</param>
    /// <param name="Units">All units of his posts when left out.</param>
    public record Request(
        Jwk Jwk,
        [MaxLength(2000)] string Proof,
        [MaxLength(3)] string[]? Classes,
        [MaxLength(256)] Guid[]? Units,
        [MaxLength(3)] string[]? Kinds = null
    );

    public record Response(Guid Id, string Kid, string State);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/keys", Post).RequireRight(TrustRights.HoldKey);

    static async Task<IResult> Post(
        Input<Request> input,
        AskForDelegation useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(input.Value, cancel);
        KeyCookie.Remember(http, useCase.Oneself, response.Kid);
        http.Say("keys.asked");
        return Answer.Created(http, "/keys", response);
    }

    Guid Oneself => sight.OfficerId!.Value;

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var officer = Oneself;
        var now = clock.Moment();
        var kid = KeyProof.Check(request.Jwk, request.Proof, officer, now).KeyId;
        var wanted = Wanted(request);
        Refuse.If((await revocations.InForce(cancel))?.Document.Kids.Contains(kid) == true, "keys.revoked");
        var known = await delegations.OfKey(kid, cancel);
        Refuse.If(known.Any(d => d.OfficerId != officer), "keys.of-another");

        DelegationCase[] open = [.. known.Where(d => IsOpen(d, now))];
        var missing = wanted.Where(w => !open.Any(d => Covers(d, w.Kind, w.Units, request))).ToList();
        if (missing.Count == 0)
            return open.FirstOrDefault(d => d.State == DelegationProcedure.Asked) is { } asked
                ? new(asked.Id, kid, DelegationProcedure.Asked)
                : throw new RefusedException("keys.already");
        // One request for all that concerns the same units: the root's keeper signs once.
        var ids = new List<Guid>();
        foreach (var same in missing.GroupBy(w => string.Join(' ', w.Units.Order())))
            ids.Add(await Ask(request, kid, [.. same.Select(w => w.Kind)], same.First().Units, now, cancel));
        return new(ids[0], kid, DelegationProcedure.Asked);
    }

    /// <summary>Asked and not answered, or in force for long enough; what ends soon may be asked for again.</summary>
    bool IsOpen(DelegationCase delegation, DateTimeOffset now) =>
        delegations.StandingOf(delegation) switch
        {
            DelegationStanding.Asked => true,
            DelegationStanding.InForce => delegation.Document.Expires - now > WatchKeys.EndsSoon,
            _ => false,
        };

    static bool Covers(DelegationCase delegation, AirKind kind, Guid[] units, Request request) =>
        delegation.Document.Kinds.Contains(kind)
        && units.All(delegation.Document.Units.Contains)
        && (kind != AirKind.Release || ClassesOf(request).All(delegation.Document.Classes.Contains));

    /// <summary>For each kind that his posts let him sign, the units it is asked for.</summary>
    List<(AirKind Kind, Guid[] Units)> Wanted(Request request)
    {
        AirKind[] kinds = [.. KindsOf(request).Where(kind => KeyReach.Units(sight, kind).Count > 0)];
        Refuse.If(kinds.Length == 0, "keys.no-post");
        List<(AirKind, Guid[])> wanted = request.Units is { Length: > 0 } units
            ?
            [
                .. kinds
                    .Where(kind => KeyReach.Covers(sight, [kind], units))
                    .Select(kind => (kind, units.Distinct().ToArray())),
            ]
            : [.. kinds.Select(kind => (kind, KeyReach.Units(sight, kind).ToArray()))];
        Refuse.If(wanted.Count == 0, "keys.beyond-posts");
        return wanted;
    }

    async Task<Guid> Ask(
        Request request,
        string kid,
        AirKind[] kinds,
        Guid[] units,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var document = new Delegation(
            Guid.CreateVersion7(),
            kid,
            request.Jwk,
            sight.OfficerName,
            kinds,
            // Only what is heard has a class.
            kinds.Contains(AirKind.Release)
                ? ClassesOf(request)
                : [],
            units,
            now,
            now.AddDays(options.Value.MostDays)
        );
        await delegations.Ask(
            document,
            sight.OfficerId!.Value,
            request.Proof,
            sight.Demand(TrustRights.HoldKey, units[0]),
            cancel,
            MostWaiting
        );
        return document.Id;
    }

    IReadOnlyList<AirKind> KindsOf(Request request)
    {
        if (request.Kinds is not { Length: > 0 } words)
            return KeyKinds.Usual(sight);
        var known = Enum.GetValues<AirKind>().ToDictionary(AirWord.Of);
        if (!words.All(known.ContainsKey))
            throw new InvalidException("kinds", "allowed-values");
        return [.. words.Select(w => known[w]).Distinct().Order()];
    }

    static IReadOnlyList<AirClass> ClassesOf(Request request)
    {
        if (request.Classes is not { Length: > 0 } words)
            return Enum.GetValues<AirClass>();
        var known = Enum.GetValues<AirClass>().ToDictionary(AirWord.Of);
        return words.All(known.ContainsKey)
            ? [.. words.Distinct().Select(w => known[w])]
            : throw new InvalidException("classes", "allowed-values");
    }
}
