using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Roots;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Keys;

/// <summary>A leader sees his signing keys: which device holds one, what the root lets it do, what is still missing.</summary>
sealed class ShowKeys(DelegationCases delegations, ProvinceRoots roots, Sight sight) : IUseCase
{
    /// <param name="IsWhole">It covers all that his posts give him today for its kinds.</param>
    public record Entry(
        Guid Id,
        string Kid,
        DelegationStanding Standing,
        IReadOnlyList<string> Units,
        IReadOnlyList<string> Kinds,
        IReadOnlyList<string> Classes,
        DateTimeOffset From,
        DateTimeOffset To,
        string? Comment,
        bool IsWhole
    );

    public record Response(
        bool DemoRoot,
        bool HasRoot,
        IReadOnlyList<string> Reach,
        IReadOnlyList<Offer> Offers,
        IReadOnlyList<Entry> Entries
    );

    /// <summary>A kind that he may ask for; the usual ones are chosen already.</summary>
    public record Offer(string Kind, bool Usual);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/keys", Page).RequireRight(TrustRights.HoldKey);
        routes.MapGet("/api/keys", Get).RequireRight(TrustRights.HoldKey);
    }

    /// <param name="kind">What he was about to sign when he was led here.</param>
    static IResult Page(string? kind) => UiModule.Show<KeysPage>(new { Wanted = kind });

    static async Task<IResult> Get(ShowKeys useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(cancel));

    public async Task<Response> Run(CancellationToken cancel)
    {
        var officer = sight.OfficerId!.Value;
        var mine = await delegations.Load(delegations.Rows.Where(c => c.OpenedBy == officer), cancel);
        return new(
            roots.DemoRoot is not null,
            roots.Today is not null,
            [.. KeyReach.Units(sight).Select(sight.Tree.NameOf)],
            [.. KeyKinds.Offered(sight).Select(k => new Offer(AirWord.Of(k), KeyKinds.Usual(sight).Contains(k)))],
            [
                .. mine.Select(d => new Entry(
                    d.Id,
                    d.Document.Kid,
                    delegations.StandingOf(d),
                    Units: [.. d.Document.Units.Select(sight.Tree.NameOf)],
                    Kinds: [.. d.Document.Kinds.Select(AirWord.Of)],
                    Classes: [.. d.Document.Classes.Select(AirWord.Of)],
                    d.Document.NotBefore,
                    d.Document.Expires,
                    d.Comment,
                    d.Document.Kinds.All(kind => KeyReach.Units(sight, kind).All(d.Document.Units.Contains))
                )),
            ]
        );
    }
}
