using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Loa.Trust.Roots;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Trust.Overview;

/// <summary>An administrator sees the root, the server's key, and every delegation: who asks, who may, who no longer may.</summary>
sealed class ShowTrust(
    DelegationCases delegations,
    ServerDelegation server,
    RevocationList revocations,
    Orphans orphans,
    ProvinceRoots roots,
    Sight sight
) : IUseCase
{
    const int Size = 25;

    public record Entry(
        Guid Id,
        string Holder,
        bool IsServer,
        string Kid,
        DelegationStanding Standing,
        IReadOnlyList<string> Kinds,
        IReadOnlyList<string> Classes,
        IReadOnlyList<string> Units,
        DateTimeOffset From,
        DateTimeOffset To,
        DateTimeOffset AskedAt,
        string? Comment
    );

    /// <param name="Due">Holders whose posts have ended while their delegations still count.</param>
    public record Response(
        string? Root,
        bool IsDemoRoot,
        string Server,
        bool ServerIsDue,
        long RevocationsVersion,
        IReadOnlyList<Entry> Entries,
        int Total,
        int Page,
        int Size,
        IReadOnlyList<string> Due
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/trust", Show).RequireRight(TrustRights.ManageTrust);
        routes.MapGet("/api/trust", Get).RequireRight(TrustRights.ManageTrust);
    }

    static IResult Show(string? q, int? page) => UiModule.Show<TrustPage>(new { Search = q ?? "", Number = page ?? 1 });

    static async Task<IResult> Get(string? q, int? page, ShowTrust useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(q, page ?? 1, cancel));

    public async Task<Response> Run(string? q, int page, CancellationToken cancel)
    {
        var due = server.IsDue(await server.Find(cancel), sight.Tree);
        // So that a server that may not sign stands in the list with its request; a demo root needs none.
        if (due && roots.DemoRoot is null)
            await server.Ask(cancel);
        var rows = delegations.Rows.InSight(sight.Over(TrustRights.ManageTrust));
        if (Loa.Vietnamese.Folding.Fold(q ?? "") is { Length: > 0 } words)
            rows = rows.Where(c => c.Search.Contains(words));
        var total = await rows.CountAsync(cancel);
        page = PageNumber.Of(page);
        var shown = await delegations.Load(
            rows.OrderByDescending(c => c.State == DelegationProcedure.Asked)
                .ThenByDescending(c => c.MovedAt)
                .Skip((page - 1) * Size)
                .Take(Size),
            cancel
        );
        return new(
            roots.Today?.KeyId,
            roots.DemoRoot is not null,
            server.Kid,
            due,
            (await revocations.InForce(cancel))?.Document.Version ?? 0,
            [.. shown.Select(EntryOf).OrderBy(e => e.Standing != DelegationStanding.Asked)],
            total,
            page,
            Size,
            [
                .. (await orphans.Find(null, cancel))
                    .Where(d => d.Document.Units.Any(u => sight.May(TrustRights.ManageTrust, u)))
                    .Select(d => d.Document.Name),
            ]
        );
    }

    Entry EntryOf(DelegationCase d) =>
        new(
            d.Id,
            d.Document.Name,
            d.OfficerId is null,
            d.Document.Kid,
            delegations.StandingOf(d),
            [.. d.Document.Kinds.Select(AirWord.Of)],
            [.. d.Document.Classes.Select(AirWord.Of)],
            [.. d.Document.Units.Select(sight.Tree.NameOf)],
            d.Document.NotBefore,
            d.Document.Expires,
            d.AskedAt,
            d.Comment
        );
}
